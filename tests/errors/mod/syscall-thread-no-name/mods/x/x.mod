# x -- an example
syscall write thread # f
