/* SPDX-License-Identifier: ISC */
/* leave.h -- exits to the monitor by one store to the hypercall's address; the value is ignored */
#ifndef LEAVE_H
#define LEAVE_H

#include "machine/aarch64/layout.h"

/* a form of store for which the processor gives KVM a syndrome: one register, no write-back */
#define leave_guest(number) \
	__asm__ volatile("str xzr, [%0]" : : "r"(HYPERCALL_ADDRESS(number)) : "memory")

#endif
