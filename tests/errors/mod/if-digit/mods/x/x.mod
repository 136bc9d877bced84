# x -- an example
setup x_setup if 8042
