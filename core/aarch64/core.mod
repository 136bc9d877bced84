# core -- what KVM on 64-bit ARM needs when a module looks into the guest

syscall   ioctl(fd vcpu, 0x4010aeab) if REGISTERS_READ         # KVM_GET_ONE_REG
syscall   ioctl(fd vcpu, 0x4010aeac) if REGISTERS_WRITE        # KVM_SET_ONE_REG: registers, single step, watchpoints
