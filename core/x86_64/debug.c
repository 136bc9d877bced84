/* SPDX-License-Identifier: ISC */
/*
 * debug.c -- traps, breakpoints and watchpoints of x86-64
 *
 * Everything goes through the guest's own trap stubs: int3 and RFLAGS.TF trap on
 * every host, the debug registers on most. KVM_SET_GUEST_DEBUG does not.
 */
#include "../debug.h"
#include "../vm.h"
#include "../kvm.h"
#include "../memory.h"
#include "vcpu.h"

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

bool watch_test(void)
{
	/* mov %al, -8(%rsp): what lies there is nobody's yet */
	static const uint8_t store[] = {0x88, 0x44, 0x24, 0xf8};
	uint8_t code[sizeof(store)];
	struct registers registers;
	struct trap trap = {.kind = TRAP_FAULT};
	struct kvm_regs regs;
	unsigned number;
	bool works;

	registers_get(&registers);
	VCPU_IOCTL(KVM_GET_REGS, &regs);
	debug_read(regs.rip, code, sizeof(code));
	debug_write(regs.rip, store, sizeof(store));
	watch_add(regs.rsp - 8, 1, false);
	registers_set(&registers, true);
	while (vm_run(&number) == EXIT_AGAIN)
		;
	works = trap_read(&trap) && trap.kind == TRAP_WATCH;
	vcpu_settle();
	watch_remove(regs.rsp - 8, 1, false);
	debug_write(regs.rip, code, sizeof(code));
	registers_set(&registers, false);
	return works;
}
