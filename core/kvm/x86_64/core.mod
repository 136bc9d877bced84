# core -- what KVM on x86-64 needs when a module looks into the guest

source    host kvm/x86_64/debug/debug.c if REGISTERS_READ
source    host kvm/x86_64/debug/registers.c if REGISTERS_READ
source    host x86_64/debug/target.c if REGISTERS_READ
source    host kvm/x86_64/debug/watch_registers.c if REGISTERS_READ

syscall   ioctl(fd vcpu, 0x8090ae81) if REGISTERS_READ         # KVM_GET_REGS
syscall   ioctl(fd vcpu, 0x8138ae83) if REGISTERS_READ         # KVM_GET_SREGS
syscall   ioctl(fd vcpu, 0x9000aea4) if REGISTERS_READ         # KVM_GET_XSAVE
syscall   ioctl(fd vcpu, 0x4090ae82) if REGISTERS_WRITE        # KVM_SET_REGS
syscall   ioctl(fd vcpu, 0x4138ae84) if REGISTERS_WRITE        # KVM_SET_SREGS
syscall   ioctl(fd vcpu, 0x5000aea5) if REGISTERS_WRITE        # KVM_SET_XSAVE
syscall   ioctl(fd vcpu, 0x8080aea1) if REGISTERS_WRITE        # KVM_GET_DEBUGREGS: which watchpoint was hit
syscall   ioctl(fd vcpu, 0x4080aea2) if REGISTERS_WRITE        # KVM_SET_DEBUGREGS: watchpoints
