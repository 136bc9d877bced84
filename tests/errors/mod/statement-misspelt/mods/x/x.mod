# x -- an example
hypercal f()
syscal read # f
