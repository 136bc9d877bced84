# x -- an example
hypercall x_call(u64 length, u64 errno)
