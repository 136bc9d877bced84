# x -- an example
option --GDB
