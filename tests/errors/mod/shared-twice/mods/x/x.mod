# x -- an example
shared rings
shared rings
