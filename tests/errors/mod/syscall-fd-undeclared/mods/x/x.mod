# x -- an example
syscall write(_, fd disk) # f
