# y -- an example
