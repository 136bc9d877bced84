# x -- an example
option --gdb[=PORT "debugger"
