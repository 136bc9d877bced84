# core -- what 64-bit ARM needs when a module looks into the guest

source    host aarch64/debug/exception.c if REGISTERS_READ
source    host aarch64/debug/flat.c if REGISTERS_READ
source    host aarch64/debug/show.c if REGISTERS_READ
source    host aarch64/debug/target.c if REGISTERS_READ
