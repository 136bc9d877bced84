# x -- an example
hypercall f(sockaddr_storage a)
