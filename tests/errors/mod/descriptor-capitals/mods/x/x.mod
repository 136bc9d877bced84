# x -- an example
descriptor VCPU
