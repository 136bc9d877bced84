# core -- what every monitor needs of a process that holds the guest, too

info      u64 gate                      # address of what the guest calls to leave
info      u64 clock_function            # address of the vDSO's clock_gettime

syscall   clock_gettime if SAMPLES      # the time in the guest, without a vDSO
