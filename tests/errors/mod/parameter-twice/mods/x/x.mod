# x -- an example
hypercall f(u64 a, u32 a)
