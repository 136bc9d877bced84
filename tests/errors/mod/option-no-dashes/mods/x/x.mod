# x -- an example
option gdb
