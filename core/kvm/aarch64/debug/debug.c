/* SPDX-License-Identifier: ISC */
/*
 * debug.c -- traps, breakpoints and watchpoints of 64-bit ARM
 *
 * Everything goes through the guest's own vectors: BRK, the processor's single
 * step and its watchpoints are exceptions to EL1. KVM_SET_GUEST_DEBUG isn't needed.
 */
#include "debug.h"
#include "kvm/kvm.h"
#include "memory.h"
#include "kvm/aarch64/vcpu.h"
#include "vm.h"

/* exception classes: Arm ARM, D17.2.37 */
enum {
	TRAP_CLASS_FLOATING = 0x2c,
	TRAP_CLASS_STEP = 0x32,
	TRAP_CLASS_WATCH = 0x34,
	TRAP_CLASS_BRK = 0x3c,
};

const uint8_t breakpoint_code[BREAKPOINT_MAX] = {0x00, 0x00, 0x20, 0xd4};       /* brk #0 */
const unsigned breakpoint_size = 4, breakpoint_distance = 0;

/* aborts, and a misaligned program counter or stack, are segment violations; what else there is are illegal instructions */
static int signal_of(unsigned class)
{
	switch (class) {
	case TRAP_CLASS_FLOATING:
		return SIGNAL_ARITHMETIC;
	case 0x20: case 0x21: case 0x22: case 0x24: case 0x25: case 0x26:
		return SIGNAL_SEGMENT;
	case TRAP_CLASS_BRK: case TRAP_CLASS_STEP: case TRAP_CLASS_WATCH:
		return SIGNAL_TRAP;
	}
	return SIGNAL_ILLEGAL;
}

bool trap_read(struct trap *trap)
{
	const struct trap_frame *frame = (const void *)(memory.base + TRAP_FRAME_ADDRESS);
	unsigned class = (unsigned)(frame->esr >> 26) & 0x3f;
	uint64_t pstate;

	register_read(CORE_REGISTER(regs.pstate), &pstate);
	if (!(pstate & PSTATE_MODE))
		return false;
	*trap = (struct trap){.kind = TRAP_FAULT, .signal = signal_of(class)};
	if (class == TRAP_CLASS_BRK)
		trap->kind = TRAP_BREAKPOINT;
	if (class == TRAP_CLASS_STEP)
		trap->kind = TRAP_STEP;
	if (class == TRAP_CLASS_WATCH) {
		trap->kind = TRAP_WATCH;
		trap->address = watch_address(frame->far);
	}
	return true;
}
