# x -- an example
device    EXAMPLE
option --net:TAP=NAME "interface"
