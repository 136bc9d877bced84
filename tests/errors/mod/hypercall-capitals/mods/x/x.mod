# x -- an example
hypercall Read()
