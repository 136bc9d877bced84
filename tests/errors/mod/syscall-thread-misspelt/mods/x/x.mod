# x -- an example
thread reader
syscall write(1) thread raeder # f
