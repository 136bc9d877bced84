# x -- an example
syscall write(1 # f
