# x -- an example
setup x_setup if CONFIG_GDB
