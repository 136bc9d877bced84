# x -- an example
syscall write(STDOUT_FILENO) # f
