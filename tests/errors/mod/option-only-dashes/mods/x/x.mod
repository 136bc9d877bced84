# x -- an example
option --
