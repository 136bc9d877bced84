# x -- an example
helper
