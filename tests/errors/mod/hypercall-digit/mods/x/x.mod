# x -- an example
hypercall 9read()
