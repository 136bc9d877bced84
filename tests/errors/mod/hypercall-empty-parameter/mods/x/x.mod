# x -- an example
hypercall f(u64 a,)
