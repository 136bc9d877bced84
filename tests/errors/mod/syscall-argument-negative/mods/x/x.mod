# x -- an example
syscall close(-1) # f
