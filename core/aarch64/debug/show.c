/* SPDX-License-Identifier: ISC */
/* show.c -- shows the registers of a running guest as a trap report does */
#include <string.h>

#include "debug.h"
#include "machine/aarch64/layout.h"
#include "monitor.h"

void registers_show(void)
{
	struct registers registers;
	struct trap_frame frame = {0};

	registers_get(&registers);
	/* x0 to x30 come first, cpsr behind pc */
	memcpy(frame.x, registers.bytes, sizeof(frame.x));
	memcpy(&frame.sp, registers.bytes + register_places[register_keys[REGISTER_STACK]].offset, sizeof(frame.sp));
	frame.pc = registers_program_counter(&registers);
	memcpy(&frame.pstate, registers.bytes + register_places[register_keys[REGISTER_PROGRAM] + 1].offset, sizeof(uint32_t));
	trap_frame_report(&frame);
}
