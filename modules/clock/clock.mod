# clock -- monotonic and wall-clock time, read without an exit

api       solo5_clock_monotonic solo5_clock_wall
info      u64 counter_base              # the counter's value ...
info      u64 monotonic_base            # ... at this monotonic time, in ns
info      u64 multiplier                # ns a count, times 2^32
info      u64 wall_offset               # wall-clock less monotonic time, in ns
setup     clock_setup
refresh   clock_refresh
syscall   clock_gettime                 # clock_refresh, without a vDSO
