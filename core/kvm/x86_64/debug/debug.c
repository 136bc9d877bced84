/* SPDX-License-Identifier: ISC */
/*
 * debug.c -- traps, breakpoints and watchpoints of x86-64
 *
 * Everything goes through the guest's own trap stubs: int3 and RFLAGS.TF trap on
 * every host, the debug registers on most. KVM_SET_GUEST_DEBUG does not.
 */
#include "debug.h"
#include "kvm/kvm.h"
#include "memory.h"
#include "kvm/x86_64/vcpu.h"
#include "vm.h"

enum { VECTOR_DEBUG = 1, VECTOR_BREAKPOINT = 3 };

const uint8_t breakpoint_code[BREAKPOINT_MAX] = {0xcc};
const unsigned breakpoint_size = 1, breakpoint_distance = 1;

static const uint8_t signals[IDT_VECTORS] = {
	[0] = SIGNAL_ARITHMETIC, [1] = SIGNAL_TRAP, [3] = SIGNAL_TRAP, [6] = SIGNAL_ILLEGAL,
	[7] = SIGNAL_ARITHMETIC, [16] = SIGNAL_ARITHMETIC, [19] = SIGNAL_ARITHMETIC,
};

bool trap_read(struct trap *trap)
{
	const struct trap_frame *frame = (const void *)(memory.base + TRAP_FRAME_ADDRESS);
	struct kvm_sregs sregs;

	VCPU_IOCTL(KVM_GET_SREGS, &sregs);
	if (sregs.cs.selector & 3)
		return false;
	*trap = (struct trap){.kind = TRAP_FAULT, .signal = signals[frame->vector % IDT_VECTORS]};
	if (!trap->signal)
		trap->signal = SIGNAL_SEGMENT;
	if (frame->vector == VECTOR_BREAKPOINT)
		trap->kind = TRAP_BREAKPOINT;
	if (frame->vector == VECTOR_DEBUG)
		trap->kind = watch_hit(&trap->address) ? TRAP_WATCH : TRAP_STEP;
	return true;
}
