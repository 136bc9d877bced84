# x -- an example
option --net--mac=MAC "address"
