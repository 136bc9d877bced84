/* SPDX-License-Identifier: ISC */
/* context.c -- the guest's registers on x86-64 in a signal frame */
#include "machine/x86_64/layout.h"
#include "process/process.h"

enum { VECTOR_PAGE_FAULT = 14, VECTOR_INVALID_OPCODE = 6, ERROR_PRESENT = 1 };

uint64_t context_program_counter(const ucontext_t *context)
{
	return (uint64_t)context->uc_mcontext.gregs[REG_RIP];
}

void context_program_counter_set(ucontext_t *context, uint64_t address)
{
	context->uc_mcontext.gregs[REG_RIP] = (greg_t)address;
}

uint64_t context_stack(const ucontext_t *context)
{
	return (uint64_t)context->uc_mcontext.gregs[REG_RSP];
}

void context_trap_frame(struct trap_frame *frame, const siginfo_t *info, const ucontext_t *context)
{
	const greg_t *r = context->uc_mcontext.gregs;

	*frame = (struct trap_frame){
		.cr2 = (uint64_t)r[REG_CR2],
		.r15 = (uint64_t)r[REG_R15], .r14 = (uint64_t)r[REG_R14], .r13 = (uint64_t)r[REG_R13], .r12 = (uint64_t)r[REG_R12],
		.r11 = (uint64_t)r[REG_R11], .r10 = (uint64_t)r[REG_R10], .r9 = (uint64_t)r[REG_R9], .r8 = (uint64_t)r[REG_R8],
		.rbp = (uint64_t)r[REG_RBP], .rdi = (uint64_t)r[REG_RDI], .rsi = (uint64_t)r[REG_RSI], .rdx = (uint64_t)r[REG_RDX],
		.rcx = (uint64_t)r[REG_RCX], .rbx = (uint64_t)r[REG_RBX], .rax = (uint64_t)r[REG_RAX],
		.vector = (uint64_t)r[REG_TRAPNO], .error = (uint64_t)r[REG_ERR],
		.rip = (uint64_t)r[REG_RIP], .rflags = (uint64_t)r[REG_EFL], .rsp = (uint64_t)r[REG_RSP],
	};
	/* a system call instruction, which the filter refused, is an invalid opcode in a virtual machine */
	if (info->si_signo == SIGSYS) {
		frame->vector = VECTOR_INVALID_OPCODE;
		frame->error = 0;
	}
	/* the processor's code depends on page tables that the kernel fills lazily; si_code says what is mapped */
	if (frame->vector == VECTOR_PAGE_FAULT && info->si_signo == SIGSEGV)
		frame->error = (frame->error & ~(uint64_t)ERROR_PRESENT) | (info->si_code == SEGV_ACCERR ? ERROR_PRESENT : 0);
}
