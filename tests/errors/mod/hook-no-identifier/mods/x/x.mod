# x -- an example
setup x-setup
start 3start
