/* SPDX-License-Identifier: ISC */
/* hidden.c -- a trap report shows where the guest was, and no registers that may hold its secrets */
#include "monitor.h"
#include "machine/aarch64/layout.h"

void trap_registers_report(const struct trap_frame *frame)
{
	message("  elr 0x%lx  sp 0x%lx", frame->pc, frame->sp);
}
