# x -- an example
thread worker
syscall write helper worker # f
