# x -- an example
thread worker aloen
