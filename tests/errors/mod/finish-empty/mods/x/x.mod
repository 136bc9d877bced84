# x -- an example
finish
