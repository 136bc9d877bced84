# x -- an example
descriptor disk
syscall write(fd disk, 1) # f
syscall write(fd disk, 1) # g
