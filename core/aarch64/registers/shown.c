/* SPDX-License-Identifier: ISC */
/* shown.c -- a trap report shows the values of registers */
#include "monitor.h"
#include "machine/aarch64/layout.h"

void trap_registers_report(const struct trap_frame *frame)
{
	for (unsigned i = 0; i < 28; i += 4)
		message("  x%u 0x%lx  x%u 0x%lx  x%u 0x%lx  x%u 0x%lx", i, frame->x[i], i + 1, frame->x[i + 1],
			i + 2, frame->x[i + 2], i + 3, frame->x[i + 3]);
	message("  x28 0x%lx  x29 0x%lx  x30 0x%lx  sp 0x%lx", frame->x[28], frame->x[29], frame->x[30], frame->sp);
	message("  elr 0x%lx  spsr 0x%lx  far 0x%lx", frame->pc, frame->pstate, frame->far);
}
