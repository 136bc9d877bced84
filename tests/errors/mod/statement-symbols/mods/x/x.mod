# x -- an example
!!!
