# x -- an example
descriptor disk each
