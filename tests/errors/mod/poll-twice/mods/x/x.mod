# x -- an example
poll x_poll
poll x_poll
