# x -- an example
option --gdb=PORT requird "debugger"
