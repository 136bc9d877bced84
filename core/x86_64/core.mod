# core -- what x86-64 has by configuration: a module may look into the guest, a report may show registers

source    host x86_64/debug/flat.c if REGISTERS_READ
source    host x86_64/debug/show.c if REGISTERS_READ
source    host x86_64/debug/target.c if REGISTERS_READ
source    host x86_64/debug/vectors.c if REGISTERS_READ
source    host x86_64/registers/hidden.c if REGISTERS_HIDDEN
source    host x86_64/registers/shown.c if REPORT_REGISTERS
