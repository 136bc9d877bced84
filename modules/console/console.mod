# console -- text written by the guest, on standard output

api       solo5_console_write
option    --console-lost=end|go-on "when nobody reads standard output any more (default: end, with status 141)"
hypercall console_write(in u8 text[size], u64 size)
header    unistd.h
syscall   write(STDOUT_FILENO=1) for console_write      # the console is standard output
