# x -- an example
api x_first
finish x_finish
