# x -- an example
device    EXAMPLE
doorbell disk eahc
