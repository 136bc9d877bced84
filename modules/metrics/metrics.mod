# metrics -- figures of a run, in the text format of Prometheus

option    --metrics=PLACE "show figures of this run by HTTP, at unix:PATH, 127.0.0.1:PORT or [::1]:PORT"
source    host request.c
source    host serve.c
setup     metrics_setup
thread    metrics alone
descriptor metrics_listener

# The thread has a descriptor table of its own, so a connection is descriptor 0: the lowest free number, what accept4 returns.
header    linux/close_range.h
syscall   close_range(_, _, CLOSE_RANGE_UNSHARE=2) thread metrics # leaves it the listener alone
syscall   accept4(fd metrics_listener) thread metrics   # somebody asks
syscall   read(0) thread metrics        # what
syscall   write(0) thread metrics       # the answer
syscall   close(0) thread metrics       # it has been given, or time is up
syscall   ppoll thread metrics          # waits for clients, and for no longer than they have time
syscall   clock_gettime thread metrics  # how long that is, without a vDSO
syscall   mincore thread metrics        # which pages of the guest's memory are there
