# x -- an example
doorbell disk
doorbell disk
