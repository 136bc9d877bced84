# x -- an example
hypercall f(u8 data[size], u64 size)
