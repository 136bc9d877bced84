# x -- an example
source host extra.c
source host extra.c
