# x -- an example
option --wire "debugger"
option --wire=PORT "debugger"
