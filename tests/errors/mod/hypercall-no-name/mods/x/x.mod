# x -- an example
hypercall (u64 a)
