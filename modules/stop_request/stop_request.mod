# stop_request -- SIGTERM and SIGINT ask the guest to end

api       uk_stop_requested uk_stop_signal
shared    stop_request                  # uint32_t: the signal that asked; 0: none did
poll      stop_request_poll
option    --grace=SECONDS "time for the guest to end, once SIGTERM or SIGINT has asked it"
setup     stop_request_setup
descriptor stop_request                 # eventfd

syscall   write(fd stop_request)        # wakes a guest that sleeps
syscall   read(fd stop_request)         # what woke it
syscall   timer_settime                 # the guest's time begins
