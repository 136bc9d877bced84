# x -- an example
api solo5_a
api solo5_b solo5_a
