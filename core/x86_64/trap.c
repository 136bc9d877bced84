/* SPDX-License-Identifier: ISC */
/*
 * trap.c -- reports what the processor refused to do for the guest
 *
 * A trap stub has left the registers at the top of the supervisor stack, in
 * guest memory that the guest cannot reach.
 */
#include <string.h>

#include "backtrace.h"
#include "monitor.h"
#include "machine/x86_64/layout.h"
#include "vm.h"

enum { PAGE_FAULT = 14 };

/* Intel SDM volume 3, table 6-1: one after the other, since pointers to them would be half as long as they are */
static const char vectors[] =
	"divide error (#DE)\0" "debug exception (#DB)\0" "non-maskable interrupt\0" "breakpoint (#BP)\0"
	"overflow (#OF)\0" "bound range exceeded (#BR)\0" "invalid opcode (#UD)\0" "device not available (#NM)\0"
	"double fault (#DF)\0" "coprocessor segment overrun\0" "invalid TSS (#TS)\0" "segment not present (#NP)\0"
	"stack fault (#SS)\0" "general protection (#GP)\0" "page fault (#PF)\0" "vector 15\0"
	"x87 floating-point error (#MF)\0" "alignment check (#AC)\0" "machine check (#MC)\0"
	"SIMD floating-point exception (#XM)\0" "virtualization exception (#VE)\0" "control protection (#CP)\0"
	"vector 22\0" "vector 23\0" "vector 24\0" "vector 25\0" "vector 26\0" "vector 27\0"
	"vector 28\0" "VMM communication (#VC)\0" "security exception (#SX)\0" "vector 31";

static const char *vector_name(uint64_t vector)
{
	const char *name = vectors;

	for (vector %= IDT_VECTORS; vector; vector--)
		name += strlen(name) + 1;
	return name;
}

static void page_fault_report(const struct trap_frame *frame)
{
	message("  %s of 0x%lx: %s", frame->error & 16 ? "execution" : frame->error & 2 ? "write" : "read",
		frame->cr2, frame->error & 1 ? "not permitted there" : "nothing is mapped there");
	memory_fault_explain(frame->cr2);
}

void trap_frame_report(const struct trap_frame *frame)
{
	backtrace_report(&(struct backtrace){.program = frame->rip, .stack = frame->rsp, .frame = frame->rbp});
	trap_registers_report(frame);
}

void trap_report(void)
{
	const struct trap_frame *frame = vm_trap_frame();

	message(MESSAGE_ABORT "guest trap: %s, error code 0x%lx", vector_name(frame->vector), frame->error);
	if (frame->vector == PAGE_FAULT)
		page_fault_report(frame);
	trap_frame_report(frame);
}
