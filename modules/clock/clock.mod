# clock -- monotonic and wall-clock time, read without an exit

api       solo5_clock_monotonic solo5_clock_wall
setup     clock_setup
syscall   clock_gettime                 # the host's clocks, without a vDSO

# computed from a counter
source    host host_counted.c   if CLOCK_COUNTED
source    guest guest_counted.c if CLOCK_COUNTED
info      u64 counter_base      if CLOCK_COUNTED        # the counter's value ...
info      u64 monotonic_base    if CLOCK_COUNTED        # ... at this monotonic time, in ns
info      u64 multiplier        if CLOCK_COUNTED        # ns a count, times 2^32
info      u64 wall_offset       if CLOCK_COUNTED        # wall-clock less monotonic time, in ns
refresh   clock_refresh         if CLOCK_COUNTED

# read from the host's
source    host host_direct.c    if CLOCK_DIRECT
source    guest guest_direct.c  if CLOCK_DIRECT
info      u64 origin            if CLOCK_DIRECT         # the host's monotonic time when the guest's was 0
