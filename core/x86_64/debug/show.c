/* SPDX-License-Identifier: ISC */
/* show.c -- shows the registers of a running guest as a trap report does */
#include <string.h>

#include "debug.h"
#include "machine/x86_64/layout.h"
#include "monitor.h"

static uint64_t register_value(const struct registers *registers, unsigned i)
{
	uint64_t value = 0;

	memcpy(&value, registers->bytes + register_places[i].offset, register_places[i].size);
	return value;
}

void registers_show(void)
{
	struct registers registers;
	struct trap_frame frame = {0};
	/* as register_places has them */
	uint64_t *const places[] = {
		&frame.rax, &frame.rbx, &frame.rcx, &frame.rdx, &frame.rsi, &frame.rdi, &frame.rbp, &frame.rsp,
		&frame.r8, &frame.r9, &frame.r10, &frame.r11, &frame.r12, &frame.r13, &frame.r14, &frame.r15,
		&frame.rip, &frame.rflags,
	};

	registers_get(&registers);
	for (unsigned i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		*places[i] = register_value(&registers, i);
	trap_frame_report(&frame);
}
