# x -- an example
option --gdb "debugger"
option --gdb=PORT "debugger"
