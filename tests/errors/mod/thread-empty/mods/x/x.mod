# x -- an example
thread
