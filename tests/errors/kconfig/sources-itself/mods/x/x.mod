# x -- an example
