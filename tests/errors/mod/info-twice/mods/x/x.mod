# x -- an example
info u8 mac[6]
info u64 mac
