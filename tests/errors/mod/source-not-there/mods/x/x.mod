# x -- an example
source guest extra.c
