# x -- an example
option
