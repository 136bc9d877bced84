# x -- an example
info
