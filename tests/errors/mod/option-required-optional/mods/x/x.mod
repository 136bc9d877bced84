# x -- an example
option --gdb[=PORT] required "debugger"
