/* SPDX-License-Identifier: ISC */
/*
 * retry.c -- the guest executes the instruction again that trapped
 *
 * The stub never returns: the guest's registers are loaded from the trap frame, and
 * the segments of user mode with them, through the page that the monitor shares with KVM.
 */
#include "kvm/kvm.h"
#include "kvm/x86_64/vcpu.h"

enum { VECTOR_PAGE_FAULT = 14, ERROR_PRESENT = 1 };     /* SDM volume 3, 6.15 */

bool vcpu_can_retry(void)
{
	int fields = ioctl(kvm_vm, KVM_CHECK_EXTENSION, KVM_CAP_SYNC_REGS), wanted = KVM_SYNC_X86_REGS | KVM_SYNC_X86_SREGS;

	return fields > 0 && (fields & wanted) == wanted;
}

bool vcpu_fault(uint64_t *address)
{
	const struct trap_frame *frame = vm_trap_frame();

	*address = frame->cr2;
	return frame->vector == VECTOR_PAGE_FAULT && !(frame->error & ERROR_PRESENT);
}

void vcpu_retry(void)
{
	const struct trap_frame *frame = vm_trap_frame();
	struct kvm_sync_regs *sync = &kvm_run->s.regs;

	kvm_run->kvm_valid_regs = KVM_SYNC_X86_SREGS;
	vcpu_settle();
	kvm_run->kvm_valid_regs = 0;
	sync->sregs.cs = CODE_SEGMENT_USER;
	sync->sregs.ss = DATA_SEGMENT_USER;
	sync->sregs.tr.type = tss_type();
	sync->regs = (struct kvm_regs){
		.rax = frame->rax, .rbx = frame->rbx, .rcx = frame->rcx, .rdx = frame->rdx,
		.rsi = frame->rsi, .rdi = frame->rdi, .rbp = frame->rbp, .rsp = frame->rsp,
		.r8 = frame->r8, .r9 = frame->r9, .r10 = frame->r10, .r11 = frame->r11,
		.r12 = frame->r12, .r13 = frame->r13, .r14 = frame->r14, .r15 = frame->r15,
		.rip = frame->rip, .rflags = frame->rflags,
	};
	kvm_run->kvm_dirty_regs = KVM_SYNC_X86_REGS | KVM_SYNC_X86_SREGS;
}
