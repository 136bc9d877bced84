# environment_words -- named settings, of the manifest and of --env

api       uk_environment
info      u64 words                     # guest address of pointers to "NAME=VALUE", NULL behind the last
option    --env=NAME=VALUE "a setting that the guest finds in its environment"
setup     environment_words_setup
