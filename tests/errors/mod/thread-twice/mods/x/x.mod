# x -- an example
thread io
thread io
