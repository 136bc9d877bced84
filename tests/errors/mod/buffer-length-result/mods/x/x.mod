# x -- an example
hypercall f(out u8 data[size], out u64 size)
