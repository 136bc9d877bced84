/* SPDX-License-Identifier: ISC */
/*
 * debug.c -- traps and watchpoints of x86-64 in a virtual machine
 *
 * Everything uses the guest's own trap stubs: int3 and RFLAGS.TF work on every
 * host, the debug registers on most. KVM_SET_GUEST_DEBUG fails on some.
 */
#include "debug.h"
#include "x86_64/debug/vectors.h"
#include "kvm/kvm.h"
#include "kvm/x86_64/vcpu.h"
#include "vm.h"

bool trap_read(struct trap *trap)
{
	struct kvm_sregs sregs;

	VCPU_IOCTL(KVM_GET_SREGS, &sregs);
	if (sregs.cs.selector & 3)
		return false;
	*trap = trap_of_vector(vm_trap_frame()->vector);
	if (trap->kind == TRAP_STEP && watch_hit(&trap->address))
		trap->kind = TRAP_WATCH;
	return true;
}
