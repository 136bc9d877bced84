# x -- an example
info u8 mac[]
