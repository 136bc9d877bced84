# x -- an example
syscall write(fd) # f
