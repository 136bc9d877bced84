# x -- an example
thread worker
syscall write each thread # f
