/* SPDX-License-Identifier: ISC */
/*
 * registers.c -- the registers of x86-64 from KVM and from the trap frame
 *
 * In a trap stub the processor is in supervisor mode and its registers are the
 * stub's; the guest's are in the frame. To end the trap, they are loaded together
 * with the code and stack segments of user mode: the stub never returns.
 */
#include <string.h>

#include "debug.h"
#include "x86_64/debug/flat.h"
#include "kvm/kvm.h"
#include "memory.h"
#include "kvm/x86_64/vcpu.h"
#include "vm.h"

_Static_assert(sizeof(struct xsave) == sizeof(struct kvm_xsave), "the XSAVE area is what KVM takes");

static struct flat got;
static bool step_is_ours;               /* RFLAGS.TF is set because of registers_set */

static bool in_trap(const struct kvm_sregs *sregs)
{
	return !(sregs->cs.selector & 3);
}

static void general_get(struct flat *flat, const struct kvm_regs *regs)
{
	memcpy(flat, regs, 6 * sizeof(uint64_t));               /* rax to rdi */
	flat->rbp = regs->rbp;
	flat->rsp = regs->rsp;
	memcpy(&flat->r8, &regs->r8, 8 * sizeof(uint64_t));
	flat->rip = regs->rip;
	flat->eflags = (uint32_t)regs->rflags;
}

void registers_get(struct registers *registers)
{
	struct flat *flat = (void *)registers;
	struct kvm_sregs sregs;
	struct kvm_regs regs;

	vcpu_settle();
	VCPU_IOCTL(KVM_GET_REGS, &regs);
	VCPU_IOCTL(KVM_GET_SREGS, &sregs);
	VCPU_IOCTL(KVM_GET_XSAVE, &xsave_area);
	memset(registers, 0, sizeof(*registers));
	if (in_trap(&sregs))
		flat_frame_get(flat, vm_trap_frame());
	else
		general_get(flat, &regs);
	if (step_is_ours)
		flat->eflags &= ~(uint32_t)FLAGS_STEP;
	flat->cs = CODE_SELECTOR_USER;
	flat->ss = DATA_SELECTOR_USER;
	flat->ds = sregs.ds.selector;
	flat->es = sregs.es.selector;
	flat->fs = sregs.fs.selector;
	flat->gs = sregs.gs.selector;
	flat->fs_base = sregs.fs.base;
	flat->gs_base = sregs.gs.base;
	flat_floating_get(flat, &xsave_area);
	got = *flat;
}

/* leaves selectors unchanged: user mode has no others */
static void segments_set(const struct flat *flat)
{
	struct kvm_sregs sregs;

	VCPU_IOCTL(KVM_GET_SREGS, &sregs);
	if (!in_trap(&sregs) && sregs.fs.base == flat->fs_base && sregs.gs.base == flat->gs_base)
		return;
	sregs.cs = CODE_SEGMENT_USER;
	sregs.ss = DATA_SEGMENT_USER;
	sregs.tr.type = tss_type();
	sregs.fs.base = flat->fs_base;
	sregs.gs.base = flat->gs_base;
	VCPU_IOCTL(KVM_SET_SREGS, &sregs);
}

void registers_set(const struct registers *registers, bool step)
{
	enum { XSAVE_PARTS = 0x7 };     /* x87, SSE, AVX; others are left unchanged */
	const struct flat *flat = (const void *)registers;
	uint64_t flags = (flat->eflags & FLAGS_USER) | 2 | (step ? FLAGS_STEP : 0);
	struct kvm_regs regs = {
		.rax = flat->rax, .rbx = flat->rbx, .rcx = flat->rcx, .rdx = flat->rdx,
		.rsi = flat->rsi, .rdi = flat->rdi, .rbp = flat->rbp, .rsp = flat->rsp,
		.r8 = flat->r8, .r9 = flat->r9, .r10 = flat->r10, .r11 = flat->r11,
		.r12 = flat->r12, .r13 = flat->r13, .r14 = flat->r14, .r15 = flat->r15,
		.rip = flat->rip, .rflags = flags,
	};

	step_is_ours = step;
	segments_set(flat);
	if (memcmp(flat->st, got.st, offsetof(struct flat, fs_base) - offsetof(struct flat, st)) ||
	    memcmp(flat->ymmh, got.ymmh, sizeof(got.ymmh))) {
		flat_floating_set(&xsave_area, flat);
		xsave_area.present |= XSAVE_PARTS & (xcr0 | 3);
		VCPU_IOCTL(KVM_SET_XSAVE, &xsave_area);
	}
	/* last, since it also drops a pending exception */
	VCPU_IOCTL(KVM_SET_REGS, &regs);
}
