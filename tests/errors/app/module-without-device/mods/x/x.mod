# x -- an example
device X_BASIC
