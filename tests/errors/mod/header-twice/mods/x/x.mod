# x -- an example
header fcntl.h
header fcntl.h
