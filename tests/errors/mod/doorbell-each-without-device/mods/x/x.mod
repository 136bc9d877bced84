# x -- an example
doorbell disk each
