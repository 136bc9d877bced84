# x -- takes names

api       twin
hypercall both(u64 n)
device    TWIN_BASIC
option    --twin:NAME=PATH "twin"
setup     twin_setup
descriptor twin
thread    twin
doorbell twin
shared twin
poll twin_poll
finish twin_finish
