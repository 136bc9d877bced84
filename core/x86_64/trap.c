/* SPDX-License-Identifier: ISC */
/*
 * trap.c -- reports what the processor refused to do for the guest
 *
 * A trap stub has left the registers at the top of the supervisor stack, in
 * guest memory that the guest cannot reach.
 */
#include <stddef.h>

#include "machine/layout.h"
#include "memory.h"
#include "monitor.h"
#include "symbol.h"
#include "machine/x86_64/layout.h"

enum { PAGE_FAULT = 14 };

/* Intel SDM volume 3, table 6-1 */
static const char *const vectors[IDT_VECTORS] = {
	"divide error (#DE)", "debug exception (#DB)", "non-maskable interrupt", "breakpoint (#BP)",
	"overflow (#OF)", "bound range exceeded (#BR)", "invalid opcode (#UD)", "device not available (#NM)",
	"double fault (#DF)", "coprocessor segment overrun", "invalid TSS (#TS)", "segment not present (#NP)",
	"stack fault (#SS)", "general protection (#GP)", "page fault (#PF)", "vector 15",
	"x87 floating-point error (#MF)", "alignment check (#AC)", "machine check (#MC)",
	"SIMD floating-point exception (#XM)", "virtualization exception (#VE)", "control protection (#CP)",
	"vector 22", "vector 23", "vector 24", "vector 25", "vector 26", "vector 27",
	"vector 28", "VMM communication (#VC)", "security exception (#SX)", "vector 31",
};

static void page_fault_report(const struct trap_frame *frame)
{
	message("  %s of 0x%lx: %s", frame->error & 16 ? "execution" : frame->error & 2 ? "write" : "read",
		frame->cr2, frame->error & 1 ? "not permitted there" : "nothing is mapped there");
}

void trap_report(void)
{
	const struct trap_frame *frame = (const void *)(memory.base + TRAP_FRAME_ADDRESS);
	struct symbol_match match = symbol_find(frame->rip);

	message("guest trap: %s, error code 0x%lx", vectors[frame->vector % IDT_VECTORS], frame->error);
	if (frame->vector == PAGE_FAULT)
		page_fault_report(frame);
	if (match.name)
		message("  at 0x%lx: %s+0x%lx", frame->rip, match.name, match.offset);
	else
		message("  at 0x%lx", frame->rip);
	message("  rax 0x%lx  rbx 0x%lx  rcx 0x%lx  rdx 0x%lx", frame->rax, frame->rbx, frame->rcx, frame->rdx);
	message("  rsi 0x%lx  rdi 0x%lx  rbp 0x%lx  rsp 0x%lx", frame->rsi, frame->rdi, frame->rbp, frame->rsp);
	message("  r8 0x%lx  r9 0x%lx  r10 0x%lx  r11 0x%lx", frame->r8, frame->r9, frame->r10, frame->r11);
	message("  r12 0x%lx  r13 0x%lx  r14 0x%lx  r15 0x%lx", frame->r12, frame->r13, frame->r14, frame->r15);
	message("  rip 0x%lx  rflags 0x%lx  cr2 0x%lx", frame->rip, frame->rflags, frame->cr2);
}
