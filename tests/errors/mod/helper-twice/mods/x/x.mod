# x -- an example
helper namer
helper namer
