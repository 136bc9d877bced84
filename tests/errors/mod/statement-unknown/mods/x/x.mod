# x -- an example
xyzzyxyzzy f
