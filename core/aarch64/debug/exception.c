/* SPDX-License-Identifier: ISC */
/* exception.c -- what a debugger calls the exceptions of 64-bit ARM, and the breakpoint instruction */
#include "aarch64/debug/exception.h"

#include "aarch64/syndrome.h"

const uint8_t breakpoint_code[BREAKPOINT_MAX] = {0x00, 0x00, 0x20, 0xd4};       /* brk #0 */
const unsigned breakpoint_size = 4, breakpoint_distance = 0;

/* aborts and a misaligned program counter or stack pointer are SIGSEGV; everything else is SIGILL */
static int signal_of(unsigned class)
{
	switch (class) {
	case CLASS_FLOATING:
		return SIGNAL_ARITHMETIC;
	case 0x20: case 0x21: case 0x22: case 0x24: case 0x25: case 0x26:
		return SIGNAL_SEGMENT;
	case CLASS_BRK: case CLASS_STEP: case CLASS_WATCH:
		return SIGNAL_TRAP;
	}
	return SIGNAL_ILLEGAL;
}

struct trap trap_of_class(unsigned class)
{
	struct trap trap = {.kind = TRAP_FAULT, .signal = signal_of(class)};

	if (class == CLASS_BRK)
		trap.kind = TRAP_BREAKPOINT;
	if (class == CLASS_STEP)
		trap.kind = TRAP_STEP;
	if (class == CLASS_WATCH)
		trap.kind = TRAP_WATCH;
	return trap;
}
