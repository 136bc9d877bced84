# x -- an example
hypercall f(in u8 data[size, u64 size)
