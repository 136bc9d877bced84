/* SPDX-License-Identifier: ISC */
/* hidden.c -- a trap report shows where the guest was, and no registers that may hold its secrets */
#include "monitor.h"
#include "machine/x86_64/layout.h"

void trap_registers_report(const struct trap_frame *frame)
{
	message("  rip 0x%lx  rsp 0x%lx", frame->rip, frame->rsp);
}
