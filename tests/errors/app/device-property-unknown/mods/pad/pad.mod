# pad -- answers numbers

api       pad_read
hypercall pad_read(device pad)
device    PADDLE
property  bool wide
property  u64 rate
