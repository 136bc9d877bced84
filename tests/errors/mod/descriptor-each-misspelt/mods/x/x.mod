# x -- an example
device    EXAMPLE
descriptor disk eahc
