# x -- an example
hypercall f(device d, u64 a)
