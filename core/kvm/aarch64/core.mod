# core -- what KVM on 64-bit ARM needs when a module looks into the guest

source    host kvm/aarch64/debug/debug.c if REGISTERS_READ
source    host kvm/aarch64/debug/registers.c if REGISTERS_READ
source    host kvm/aarch64/debug/watch_registers.c if REGISTERS_READ

syscall   ioctl(fd vcpu, KVM_GET_ONE_REG=0x4010aeab) if REGISTERS_READ         # registers
syscall   ioctl(fd vcpu, KVM_SET_ONE_REG=0x4010aeac) if REGISTERS_WRITE        # registers, single step, watchpoints
