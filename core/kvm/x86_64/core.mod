# core -- what KVM on x86-64 needs when a module looks into the guest

source    host kvm/x86_64/debug/debug.c if REGISTERS_READ
source    host kvm/x86_64/debug/registers.c if REGISTERS_READ
source    host kvm/x86_64/debug/watch_registers.c if REGISTERS_READ
source    host kvm/x86_64/demand/retry.c if MEMORY_ON_DEMAND

syscall   ioctl(fd vcpu, KVM_GET_REGS=0x8090ae81) if REGISTERS_READ       # general registers
syscall   ioctl(fd vcpu, KVM_GET_SREGS=0x8138ae83) if REGISTERS_READ      # segments and control registers
syscall   ioctl(fd vcpu, KVM_GET_XSAVE=0x9000aea4) if REGISTERS_READ      # floating point and vectors
syscall   ioctl(fd vcpu, KVM_SET_REGS=0x4090ae82) if REGISTERS_WRITE      # general registers, as the debugger wants them
syscall   ioctl(fd vcpu, KVM_SET_SREGS=0x4138ae84) if REGISTERS_WRITE     # segments, as the debugger wants them
syscall   ioctl(fd vcpu, KVM_SET_XSAVE=0x5000aea5) if REGISTERS_WRITE     # vectors, as the debugger wants them
syscall   ioctl(fd vcpu, KVM_GET_DEBUGREGS=0x8080aea1) if REGISTERS_WRITE # which watchpoint was hit
syscall   ioctl(fd vcpu, KVM_SET_DEBUGREGS=0x4080aea2) if REGISTERS_WRITE # watchpoints
