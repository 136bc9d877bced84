# x -- an example
source host extra.h
