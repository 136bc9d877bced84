# x -- an example
source host
