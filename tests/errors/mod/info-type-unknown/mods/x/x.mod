# x -- an example
info sockaddr_storage base
