# x -- an example
source
