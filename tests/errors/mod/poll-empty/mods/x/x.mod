# x -- an example
poll
