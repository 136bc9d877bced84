# x -- an example
option --gdb required "debugger"
