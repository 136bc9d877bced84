# x -- an example
info uint64_t base
