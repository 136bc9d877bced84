# x -- an example
syscall write helper # f
