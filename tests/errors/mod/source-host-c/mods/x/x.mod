# x -- an example
source host host.c
