# x -- an example
device    EXAMPLE
