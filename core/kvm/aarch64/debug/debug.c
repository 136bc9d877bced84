/* SPDX-License-Identifier: ISC */
/*
 * debug.c -- traps and watchpoints of 64-bit ARM in a virtual machine
 *
 * BRK, single steps and watchpoints are exceptions to EL1 and use the guest's
 * own vectors. KVM_SET_GUEST_DEBUG isn't needed.
 */
#include "aarch64/debug/exception.h"
#include "aarch64/syndrome.h"
#include "debug.h"
#include "kvm/kvm.h"
#include "kvm/aarch64/vcpu.h"
#include "vm.h"

bool trap_read(struct trap *trap)
{
	const struct trap_frame *frame = vm_trap_frame();
	uint64_t pstate;

	register_read(CORE_REGISTER(regs.pstate), &pstate);
	if (!(pstate & PSTATE_MODE))
		return false;
	*trap = trap_of_class((unsigned)(frame->esr >> CLASS_SHIFT) & CLASS_MASK);
	if (trap->kind == TRAP_WATCH)
		trap->address = watch_address(frame->far);
	return true;
}
