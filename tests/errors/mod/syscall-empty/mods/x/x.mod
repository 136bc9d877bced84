# x -- an example
syscall   # f
