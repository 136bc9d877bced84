# taken -- a monitor that its guest has taken over: it makes any system call

api       uk_taken
hypercall taken(u64 number, in u64 words[count], u64 count, inout u8 data[size], u64 size)
