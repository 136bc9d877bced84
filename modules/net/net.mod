# net -- Ethernet frames, through rings in guest memory

api       solo5_net_acquire solo5_net_read solo5_net_write
api       uk_net_reserve uk_net_commit uk_net_offloads uk_net_reserve_tcp uk_net_commit_tcp uk_net_reclaim uk_net_take uk_net_take_large uk_net_release uk_net_is_up
doorbell  net_kick each                 # there is something new in the device's rings
shared    net_rings                     # ring.h
poll      net_poll
finish    net_finish
device    NET_BASIC
info      u32 mtu
info      u8  mac[6]
info      u8  offloads                  # of what the guest sends, TCP's segments and checksums
option    --net:NAME=TAP|@FD|unix:PATH required   "interface, inherited descriptor, or socket of passt"
option    --net-lost:NAME=wait|end      "when the other end is gone: go on without it (default), or end"
option    --net-rate:NAME=RATE          "bytes a second each way, then frames, each with :BURST if wanted: 10M,5000" if NET_RATE
option    --net-mac:NAME=MAC            "Ethernet address; by default a random one"
source    host host_handoff.c
source    host host_io.c
source    host host_large.c             if NET_OFFLOAD_RECEIVE
source    host host_move.c
source    host host_pace.c              if NET_RATE
source    host host_offload.c           if NET_OFFLOAD
source    host host_packet.c
source    host host_queue.c
source    host host_samples.c           if SAMPLES
source    host host_stats.c
source    host host_yield.c
source    host host_fd.c                if NET_FD
source    host host_raw.c               if NET_FD
source    host host_stream.c            if NET_UNIX
source    host host_tap.c               if NET_TAP
source    host host_unix.c              if NET_UNIX
setup     fd_setup                      if NET_FD
setup     unix_setup                    if NET_UNIX
setup     tap_setup                     if NET_TAP
setup     net_setup
sample    net_sample                    if SAMPLES
idle      net_idle                      # moves frames between rings and host while the guest is in a yield
refresh   net_resume
thread    io                            # moves them while the guest runs on
descriptor net each
descriptor net_kick each                # eventfd of the doorbell
descriptor net_wake                     # eventfd: the guest has to look at its rings
descriptor net_events                   # epoll
descriptor net_signals                  # signalfd
descriptor net_pace                     if NET_RATE     # timerfd

header    fcntl.h
header    sys/epoll.h
header    sys/socket.h
syscall   read(fd net_wake)             # takes what woke the guest
syscall   read(fd net)                  # a frame from the host
syscall   write(fd net)                 # a frame to the host
syscall   ppoll                         # waits for the devices; has a socket ended?
syscall   write(fd net_kick)            # wakes the I/O thread
syscall   readv(fd net) if NET_VECTORS     # a frame with a length or the kernel's header
syscall   writev(fd net) if NET_VECTORS    # the same
syscall   epoll_pwait(fd net_events) thread io    # waits for frames, kicks and SIGUSR1
syscall   read(fd net) thread io        # a frame from the host
syscall   write(fd net) thread io       # a frame to the host
syscall   write(fd net_wake) thread io  # wakes the guest
syscall   read(fd net_signals) thread io          # SIGUSR1
syscall   epoll_ctl(fd net_events, EPOLL_CTL_MOD=3, fd net) thread io  # waits for frames, or not
syscall   readv(fd net) thread io if NET_VECTORS     # a frame with a length or the kernel's header
syscall   writev(fd net) thread io if NET_VECTORS    # the same
syscall   epoll_ctl(fd net_events, EPOLL_CTL_ADD=1, fd net) thread io if NET_UNIX   # waits for the new connection
syscall   write(fd net_reconnect) thread io if NET_UNIX   # asks the helper to connect again
syscall   read(fd net_reconnect) thread io if NET_UNIX    # what came of it
syscall   timerfd_settime(fd net_pace) if NET_RATE                # wakes whoever waits until the rate allows a frame
syscall   timerfd_settime(fd net_pace) thread io if NET_RATE      # the same
syscall   epoll_ctl(fd net_events, EPOLL_CTL_MOD=3, fd net_pace) thread io if NET_RATE    # waits for that, or not

helper    net_connector                 if NET_UNIX     # if a --net is unix:PATH
descriptor net_reconnect                if NET_UNIX     # the monitor's end of a pair of sockets
descriptor net_helper                   if NET_UNIX     # the helper's
descriptor net_monitor                  if NET_UNIX     # pidfd
syscall   ppoll helper net_connector if NET_UNIX        # waits for requests, or the monitor's end
syscall   read(fd net_helper) helper net_connector if NET_UNIX    # which device it is
syscall   write(fd net_helper) helper net_connector if NET_UNIX   # what came of it
syscall   socket(AF_UNIX=1, SOCK_STREAM|SOCK_NONBLOCK|SOCK_CLOEXEC=0x80801, 0) helper net_connector if NET_UNIX # a new one
syscall   dup3(_, fd net, O_CLOEXEC=0x80000) helper net_connector if NET_UNIX       # in the old one's place ...
syscall   close helper net_connector if NET_UNIX                          # ... and there only
syscall   connect(fd net) helper net_connector if NET_UNIX                # to the path that --net gave
syscall   exit_group helper net_connector if NET_UNIX                     # with the monitor
