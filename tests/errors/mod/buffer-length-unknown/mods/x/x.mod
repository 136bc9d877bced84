# x -- an example
hypercall f(in u8 data[length], u64 size)
