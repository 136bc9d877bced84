# console -- text written by the guest, on standard output

api       solo5_console_write
hypercall console_write(in u8 text[size], u64 size)
syscall   write(1) for console_write    # the console is standard output
