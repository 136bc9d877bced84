/* SPDX-License-Identifier: ISC */
/* vectors.c -- what a debugger calls the exceptions of x86-64, and the breakpoint instruction */
#include "x86_64/debug/vectors.h"

#include "machine/x86_64/layout.h"

enum { VECTOR_DEBUG = 1, VECTOR_BREAKPOINT = 3 };

const uint8_t breakpoint_code[BREAKPOINT_MAX] = {0xcc};
const unsigned breakpoint_size = 1, breakpoint_distance = 1;

static const uint8_t signals[IDT_VECTORS] = {
	[0] = SIGNAL_ARITHMETIC, [1] = SIGNAL_TRAP, [3] = SIGNAL_TRAP, [6] = SIGNAL_ILLEGAL,
	[7] = SIGNAL_ARITHMETIC, [16] = SIGNAL_ARITHMETIC, [19] = SIGNAL_ARITHMETIC,
};

struct trap trap_of_vector(uint64_t vector)
{
	struct trap trap = {.kind = TRAP_FAULT, .signal = signals[vector % IDT_VECTORS]};

	if (!trap.signal)
		trap.signal = SIGNAL_SEGMENT;
	if (vector == VECTOR_BREAKPOINT)
		trap.kind = TRAP_BREAKPOINT;
	if (vector == VECTOR_DEBUG)
		trap.kind = TRAP_STEP;
	return trap;
}
