# x -- an example
syscall mmap(_, _, _, _, _, _, 0) # f
