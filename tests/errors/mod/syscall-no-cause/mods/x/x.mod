# x -- an example
syscall read
syscall write #  
