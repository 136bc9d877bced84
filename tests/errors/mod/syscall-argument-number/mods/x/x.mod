# x -- an example
syscall write(0xg) # f
