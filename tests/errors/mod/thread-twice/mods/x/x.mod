# x -- an example
thread worker
thread worker
