# x -- an example
hypercal f()
setup 1
device low
syscall read
