/* SPDX-License-Identifier: ISC */
/* leave.h -- exits to the monitor by one byte written to the hypercall's port; the value is ignored */
#ifndef LEAVE_H
#define LEAVE_H

#include "machine/x86_64/layout.h"

#define leave_guest(number) \
	__asm__ volatile("outb %%al, %w0" : : "d"(PORT_HYPERCALL + (number)) : "memory")

#endif
