# x -- an example
descriptor disk
descriptor disk
