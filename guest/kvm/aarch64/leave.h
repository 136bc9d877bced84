/* SPDX-License-Identifier: ISC */
/* leave.h -- how the guest leaves for the monitor: one store to the hypercall's address; what is written is ignored */
#ifndef LEAVE_H
#define LEAVE_H

#include "machine/aarch64/layout.h"

/* a store that the processor describes to KVM: of a single register, without write-back */
#define leave_guest(number) \
	__asm__ volatile("str xzr, [%0]" : : "r"(HYPERCALL_ADDRESS(number)) : "memory")

#endif
