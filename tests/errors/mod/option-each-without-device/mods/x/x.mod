# x -- an example
option --net:NAME=TAP "interface"
