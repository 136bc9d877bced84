# argument_words -- the guest's arguments word by word, as they were given

api       uk_arguments
info      u64 count
info      u64 words                     # guest address of pointers to them, NULL behind the last
setup     argument_words_setup
