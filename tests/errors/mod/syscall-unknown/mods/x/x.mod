# x -- an example
syscall xyzzyxyzzy # f
