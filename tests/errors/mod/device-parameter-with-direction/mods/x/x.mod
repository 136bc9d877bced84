# x -- an example
device    EXAMPLE
hypercall f(in device d)
