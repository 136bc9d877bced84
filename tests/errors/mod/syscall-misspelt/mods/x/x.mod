# x -- an example
syscall raed # f
