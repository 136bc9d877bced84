# core -- what every monitor has: memory, messages, waiting, the end of the guest

hypercall exit(u64 status)
hypercall abort()
hypercall yield(u64 deadline)

info      u64 heap_start
info      u64 heap_size
info      u64 command_line              # guest address of a NUL-terminated string
info      u64 stack_guard               # random; for the stack protector

option    --mem=MB   "guest memory in MiB"
option    --user=ID|+ID|keep "user and group, if root starts it; +ID: plus its PID"
option    --help     "show this and exit"
option    --version  "show who made this appliance and exit"
option    --describe "show as JSON what this appliance holds and exit"

source    host debug/memory.c if REGISTERS_READ

source    host samples/durations.c if SAMPLES
source    host samples/guest.c if SAMPLES
source    host samples/text.c if SAMPLES
setup     guest_samples_setup if SAMPLES
enter     guest_samples_enter if SAMPLES
leave     guest_samples_leave if SAMPLES
sample    guest_sample if SAMPLES

header    signal.h
header    unistd.h

syscall   write(STDERR_FILENO=2)        # messages, when something is wrong
syscall   ppoll(_, 1, 0)                # waits for room in a pipe that is full
syscall   exit_group                    # the guest's end
syscall   ppoll for yield               # waits for a deadline or a device
syscall   clock_gettime for yield       # how long to wait, without a vDSO
syscall   rt_sigreturn                  # behind a signal that doesn't end the guest
syscall   write(STDERR_FILENO=2) each thread    # messages, when something is wrong
syscall   tgkill(_, _, SIGURG=23) each thread   # ends the thread that runs the guest ...
syscall   ppoll each thread             # ... and waits until it has
syscall   clock_gettime each thread     # time_now, without a vDSO
