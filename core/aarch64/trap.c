/* SPDX-License-Identifier: ISC */
/*
 * trap.c -- reports what the processor refused to do for the guest
 *
 * A vector has left the registers in the trap frame, in guest memory that the
 * guest cannot reach.
 */
#include <string.h>

#include "backtrace.h"
#include "monitor.h"
#include "aarch64/syndrome.h"
#include "machine/aarch64/layout.h"
#include "vm.h"

/*
 * Exception classes that a guest at EL0 can cause; others keep their number. Each
 * name has its class + 1 before it; pointers to them would be half as long as they are.
 */
static const char classes[] =
	"\x01" "undefined instruction\0" "\x02" "wait instruction (WFI, WFE)\0"
	"\x08" "FP, SIMD or SVE not enabled\0" "\x0e" "branch target (BTI)\0"
	"\x0f" "illegal execution state\0" "\x16" "system call (SVC)\0" "\x19" "system register\0"
	"\x1a" "SVE not enabled\0" "\x1d" "pointer authentication\0" "\x21" "instruction abort\0"
	"\x22" "instruction abort at EL1\0" "\x23" "misaligned program counter\0" "\x25" "data abort\0"
	"\x26" "data abort at EL1\0" "\x27" "misaligned stack pointer\0" "\x2d" "floating-point exception\0"
	"\x30" "SError\0" "\x31" "hardware breakpoint\0" "\x33" "single step\0" "\x35" "watchpoint\0"
	"\x3d" "breakpoint (BRK)";

static const char *class_name(unsigned class)
{
	for (const char *name = classes; name < classes + sizeof(classes); name += strlen(name) + 1)
		if ((unsigned char)*name == class + 1)
			return name + 1;
	return "exception";
}

static const char *abort_cause(unsigned status)
{
	switch (status & ~3u) {
	case STATUS_TRANSLATION:
		return "nothing is mapped there";
	case STATUS_PERMISSION:
		return "not permitted there";
	}
	return status == STATUS_ALIGNMENT ? "misaligned" : "refused";
}

static void abort_report(const struct trap_frame *frame, bool execution)
{
	bool write = frame->esr & ABORT_WRITE && !(frame->esr & ABORT_CACHE_MAINTENANCE);

	message("  %s of 0x%lx: %s", execution ? "execution" : write ? "write" : "read",
		frame->far, abort_cause(frame->esr & STATUS_MASK));
	memory_fault_explain(frame->far);
}

void trap_frame_report(const struct trap_frame *frame)
{
	backtrace_report(&(struct backtrace){
		.program = frame->pc, .stack = frame->sp, .frame = frame->x[29], .link = frame->x[30],
	});
	trap_registers_report(frame);
}

void trap_report(void)
{
	const struct trap_frame *frame = vm_trap_frame();
	unsigned class = (unsigned)(frame->esr >> CLASS_SHIFT) & 0x3f;

	message(MESSAGE_ABORT "guest trap: %s (class 0x%lx), ESR 0x%lx", class_name(class), (unsigned long)class, frame->esr);
	if ((class & ~1u) == CLASS_INSTRUCTION_ABORT || (class & ~1u) == CLASS_DATA_ABORT)
		abort_report(frame, (class & ~1u) == CLASS_INSTRUCTION_ABORT);
	trap_frame_report(frame);
}
