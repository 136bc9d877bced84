# core -- what 64-bit ARM has by configuration: a module may look into the guest, a report may show registers

source    host aarch64/debug/exception.c if REGISTERS_READ
source    host aarch64/debug/flat.c if REGISTERS_READ
source    host aarch64/debug/show.c if REGISTERS_READ
source    host aarch64/debug/target.c if REGISTERS_READ
source    host aarch64/registers/hidden.c if REGISTERS_HIDDEN
source    host aarch64/registers/shown.c if REPORT_REGISTERS
