# x -- an example
option --gdb= "debugger"
