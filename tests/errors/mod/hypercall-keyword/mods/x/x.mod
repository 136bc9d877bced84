# x -- an example
hypercall double()
