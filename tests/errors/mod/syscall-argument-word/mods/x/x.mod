# x -- an example
syscall write(stdout) # f
