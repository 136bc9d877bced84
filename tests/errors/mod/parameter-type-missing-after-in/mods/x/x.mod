# x -- an example
hypercall f(in data[size], u64 size)
