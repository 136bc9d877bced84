# core -- what x86-64 needs when a module looks into the guest

source    host x86_64/debug/flat.c if REGISTERS_READ
source    host x86_64/debug/show.c if REGISTERS_READ
source    host x86_64/debug/target.c if REGISTERS_READ
source    host x86_64/debug/vectors.c if REGISTERS_READ
