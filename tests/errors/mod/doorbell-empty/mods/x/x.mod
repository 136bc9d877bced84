# x -- an example
doorbell
