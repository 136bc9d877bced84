# x -- an example
syscall write(1) thread io # f
