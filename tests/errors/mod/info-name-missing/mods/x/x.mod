# x -- an example
info u64 [2]
