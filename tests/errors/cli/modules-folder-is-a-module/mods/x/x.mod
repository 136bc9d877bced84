# x -- an example
api x_first
