/* SPDX-License-Identifier: ISC */
/* shown.c -- a trap report shows the values of registers */
#include "monitor.h"
#include "machine/x86_64/layout.h"

void trap_registers_report(const struct trap_frame *frame)
{
	message("  rax 0x%lx  rbx 0x%lx  rcx 0x%lx  rdx 0x%lx", frame->rax, frame->rbx, frame->rcx, frame->rdx);
	message("  rsi 0x%lx  rdi 0x%lx  rbp 0x%lx  rsp 0x%lx", frame->rsi, frame->rdi, frame->rbp, frame->rsp);
	message("  r8 0x%lx  r9 0x%lx  r10 0x%lx  r11 0x%lx", frame->r8, frame->r9, frame->r10, frame->r11);
	message("  r12 0x%lx  r13 0x%lx  r14 0x%lx  r15 0x%lx", frame->r12, frame->r13, frame->r14, frame->r15);
	message("  rip 0x%lx  rflags 0x%lx  cr2 0x%lx", frame->rip, frame->rflags, frame->cr2);
}
