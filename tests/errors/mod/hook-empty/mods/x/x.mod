# x -- an example
setup
start
refresh
trap
