# entropy -- random bytes from the host's kernel

api       uk_random
hypercall random(out u8 data[size], u64 size)
syscall   getrandom(_, _, 0) for random # the host's generator
