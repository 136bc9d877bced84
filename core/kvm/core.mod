# core -- what every monitor needs of KVM

source    host kvm/debug/watch.c if REGISTERS_READ

descriptor vcpu

syscall   ioctl(fd vcpu, 0xae80)        # KVM_RUN
