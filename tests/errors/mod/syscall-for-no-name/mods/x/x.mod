# x -- an example
syscall write for # f
