# x -- an example
descriptor
