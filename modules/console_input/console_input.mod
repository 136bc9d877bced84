# console_input -- text for the guest, from standard input

api       uk_console_read
hypercall console_read(out u8 text[size], u64 size)
shared    console_input                 # struct console_input of input.h
poll      console_input_poll
info      u64 interval                  # counter: between two looks of a guest that never sleeps
setup     console_input_setup
idle      console_input_idle
descriptor console_input

syscall   read(fd console_input)        # what the guest asked for
syscall   ppoll for console_read        # is there anything?
