# x -- an example
syscall write(0x10000000000000000) # f
