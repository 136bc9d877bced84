/* SPDX-License-Identifier: ISC */
/*
 * context.c -- the guest's registers on 64-bit ARM in a signal frame
 *
 * After the general registers come records, each with its type and size
 * (arch/arm64/include/uapi/asm/sigcontext.h). After a fault one of them has ESR_EL1.
 */
#include <string.h>

#include "aarch64/syndrome.h"
#include "machine/aarch64/layout.h"
#include "process/process.h"

enum { RECORD_ESR = 0x45535201 };

uint64_t context_program_counter(const ucontext_t *context)
{
	return context->uc_mcontext.pc;
}

void context_program_counter_set(ucontext_t *context, uint64_t address)
{
	context->uc_mcontext.pc = address;
}

uint64_t context_stack(const ucontext_t *context)
{
	return context->uc_mcontext.sp;
}

void *context_record(const ucontext_t *context, uint32_t type)
{
	uint8_t *at = (void *)context->uc_mcontext.__reserved, *end = at + sizeof(context->uc_mcontext.__reserved);
	uint32_t head[2];               /* type, size */

	for (; at + sizeof(head) <= end; at += head[1]) {
		memcpy(head, at, sizeof(head));
		if (head[0] == type)
			return at + sizeof(head);
		if (!head[0] || head[1] < sizeof(head))
			break;
	}
	return NULL;
}

/* of the instruction that trapped, as ESR_EL1 has it: BRK and SVC have theirs in the same place */
static uint64_t immediate(const ucontext_t *context)
{
	uint32_t instruction;

	memcpy(&instruction, (const void *)context->uc_mcontext.pc, sizeof(instruction));
	return instruction >> 5 & 0xffff;
}

/* the class of exceptions for which the frame has no ESR_EL1, by their signal */
static uint64_t syndrome_of_signal(const siginfo_t *info, const ucontext_t *context)
{
	uint64_t branch_type = context->uc_mcontext.pstate >> PSTATE_BRANCH_SHIFT & 3, class = 0, detail = 0;

	if (info->si_signo == SIGSYS || (info->si_signo == SIGTRAP && info->si_code == TRAP_BRKPT)) {
		class = info->si_signo == SIGSYS ? CLASS_SVC : CLASS_BRK;
		detail = immediate(context);
	} else if (info->si_signo == SIGTRAP) {
		class = CLASS_STEP;
	} else if (info->si_signo == SIGILL && branch_type) {
		class = CLASS_BRANCH_TARGET;
		detail = branch_type;
	} else if (info->si_signo == SIGBUS) {
		class = CLASS_PC_ALIGNMENT;
	} else if (info->si_signo == SIGFPE) {
		class = CLASS_FLOATING;
	}
	return class << CLASS_SHIFT | INSTRUCTION_IS_LONG | detail;
}

static uint64_t syndrome(const siginfo_t *info, const ucontext_t *context)
{
	const void *record = context_record(context, RECORD_ESR);
	uint64_t esr;

	/* after other signals the record may be from an earlier fault */
	if ((info->si_signo != SIGSEGV && info->si_signo != SIGBUS) || !record)
		return syndrome_of_signal(info, context);
	memcpy(&esr, record, sizeof(esr));
	/* the processor's code depends on page tables that the kernel fills lazily; si_code says what is mapped */
	if (info->si_code == SEGV_ACCERR && (esr & STATUS_KIND) == STATUS_TRANSLATION)
		esr |= STATUS_PERMISSION;
	return esr;
}

void context_trap_frame(struct trap_frame *frame, const siginfo_t *info, const ucontext_t *context)
{
	const mcontext_t *from = &context->uc_mcontext;

	*frame = (struct trap_frame){
		.sp = from->sp, .pc = from->pc, .pstate = from->pstate,
		.esr = syndrome(info, context), .far = from->fault_address,
	};
	memcpy(frame->x, from->regs, sizeof(frame->x));
}
