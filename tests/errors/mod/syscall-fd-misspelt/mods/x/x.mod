# x -- an example
descriptor disk
syscall write(fd disc) # f
