# x -- an example
[31mred
