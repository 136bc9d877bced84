# x -- an example
syscall open(_, O_WRONLY||O_CREAT=0x41) # f
