# x -- an example
hypercall f(in u8 data[size], i64 size)
