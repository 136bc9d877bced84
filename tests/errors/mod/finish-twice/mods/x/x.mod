# x -- an example
finish x_finish
finish x_finish
