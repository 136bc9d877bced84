# x -- an example
hypercall f(in u8 data, u64 size)
