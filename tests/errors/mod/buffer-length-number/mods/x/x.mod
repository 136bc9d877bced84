# x -- an example
hypercall f(in u8 data[16])
