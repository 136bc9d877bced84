# x -- an example
hypercall f(inot u8 data[size], u64 size)
