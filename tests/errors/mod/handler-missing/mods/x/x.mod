# x -- an example
api x_first
hypercall beep(u64 times)
option --loud=N "how loud"
setup x_setup
