# x -- an example
device    EXAMPLE
hypercall f(device d[size], u64 size)
