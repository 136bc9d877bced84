# x -- an example
hypercall f()
hypercall f(u64 a)
