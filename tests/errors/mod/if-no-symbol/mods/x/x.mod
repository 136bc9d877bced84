# x -- an example
setup x_setup if   # why
