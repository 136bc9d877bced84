# x -- an example
device    EXAMPLE
property u64 name
