# x -- an example
device    EXAMPLE
hypercall f(out u8 data[d], device d)
