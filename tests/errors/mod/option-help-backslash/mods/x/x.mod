# x -- an example
option --gdb "de\bugger"
