# x -- an example
api solo5_a, solo5_b
