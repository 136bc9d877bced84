# x -- an example
setup x_setup
setup x_setup
