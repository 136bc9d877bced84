# x -- an example
device    EXAMPLE
property bool
