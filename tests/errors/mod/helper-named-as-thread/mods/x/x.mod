# x -- an example
thread worker
helper worker
