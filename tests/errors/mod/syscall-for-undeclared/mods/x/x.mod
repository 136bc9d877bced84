# x -- an example
syscall write(1) for io # f
