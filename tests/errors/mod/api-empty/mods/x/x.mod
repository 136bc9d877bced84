# x -- an example
api
