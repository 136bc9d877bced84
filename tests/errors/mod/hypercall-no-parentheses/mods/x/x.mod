# x -- an example
hypercall f
