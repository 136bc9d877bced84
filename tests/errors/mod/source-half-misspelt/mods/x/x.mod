# x -- an example
source hst extra.c
