# gdb -- lets a debugger stop, step and show the guest

option    --gdb[=PORT|unix:PATH|stdio] "wait for gdb: at the socket NAME.gdb here, a port of this machine, a socket, standard input"
option    --gdb-port=PORT              "the port of --gdb without a value, instead of that socket"
source    host breakpoint.c
source    host command.c
source    host link.c
source    host packet.c
source    host query.c
source    host stub.c
source    host watchpoint.c
setup     gdb_setup
start     gdb_start
trap      gdb_trap
interrupt gdb_interrupt
end       gdb_end
descriptor gdb_listener
descriptor gdb_input
descriptor gdb_output

# The connection is descriptor 0: the lowest free number, since standard input is closed, so what accept4 returns.
syscall   accept4(fd gdb_listener)      # a debugger attaches
syscall   read(0)                       # what it asks
syscall   write(0)                      # what it is told
syscall   read(fd gdb_input)            # the same with --gdb=stdio
syscall   write(fd gdb_output)          # the same with --gdb=stdio
syscall   close(0)                      # it has detached, or gone
syscall   ppoll                         # looks whether it wants something
