# core -- what every monitor needs of KVM

source    host kvm/debug/watch.c if REGISTERS_READ
source    host kvm/demand/demand.c if MEMORY_ON_DEMAND

descriptor vcpu
descriptor vm if MEMORY_ON_DEMAND

header    linux/kvm.h
syscall   ioctl(fd vcpu, KVM_RUN=0xae80)        # runs the guest
syscall   ioctl(fd vm, KVM_SET_USER_MEMORY_REGION=0x4020ae46) if MEMORY_ON_DEMAND       # gives it memory that it touches
