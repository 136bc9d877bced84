# x -- an example
device    EXAMPLE
device
