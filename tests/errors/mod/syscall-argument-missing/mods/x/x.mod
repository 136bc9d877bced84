# x -- an example
syscall write() # f
