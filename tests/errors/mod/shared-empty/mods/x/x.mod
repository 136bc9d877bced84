# x -- an example
shared
