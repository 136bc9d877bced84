# x -- an example
hypercall f(u63 a)
