# x -- an example
setup x_setup x_more
