# x -- an example
info u8 mac[18446744073709551616]
