# x -- an example
header
