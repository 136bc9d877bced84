# core -- what every monitor needs of KVM

source    host kvm/debug/watch.c if REGISTERS_READ

descriptor vcpu

header    linux/kvm.h
syscall   ioctl(fd vcpu, KVM_RUN=0xae80)        # runs the guest
