# core -- what a process on 64-bit ARM needs when a module looks into the guest

source    host process/debug/step.c if REGISTERS_READ
source    host process/aarch64/debug/next.c if REGISTERS_READ
source    host process/aarch64/debug/registers.c if REGISTERS_READ
