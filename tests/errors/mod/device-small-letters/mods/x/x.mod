# x -- an example
device Example
