# core -- what a process on x86-64 needs when a module looks into the guest

source    host process/debug/step.c if REGISTERS_READ
source    host process/x86_64/debug/registers.c if REGISTERS_READ
