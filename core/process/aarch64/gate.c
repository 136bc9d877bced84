/* SPDX-License-Identifier: ISC */
/*
 * gate.c -- from monitor to guest and back on 64-bit ARM
 *
 * To the guest's compiler, process_gate is a function call, so only callee-saved
 * registers and the stack need to be kept. Return addresses are signed while they are
 * on either stack, if the processor has keys; the signing instruction is also a
 * landing pad.
 */
#include "process/process.h"

#include "monitor.h"

/* d8 to d15 and x19 to x30, as SAVE puts them on a stack */
enum { FRAME_WORDS = 20, FRAME_RETURN = 1 };

#define SAVE \
	"stp x29, x30, [sp, #-160]!\n\t" \
	"stp x19, x20, [sp, #16]\n\tstp x21, x22, [sp, #32]\n\tstp x23, x24, [sp, #48]\n\t" \
	"stp x25, x26, [sp, #64]\n\tstp x27, x28, [sp, #80]\n\t" \
	"stp d8, d9, [sp, #96]\n\tstp d10, d11, [sp, #112]\n\tstp d12, d13, [sp, #128]\n\tstp d14, d15, [sp, #144]\n\t"

#define RESTORE \
	"ldp x19, x20, [sp, #16]\n\tldp x21, x22, [sp, #32]\n\tldp x23, x24, [sp, #48]\n\t" \
	"ldp x25, x26, [sp, #64]\n\tldp x27, x28, [sp, #80]\n\t" \
	"ldp d8, d9, [sp, #96]\n\tldp d10, d11, [sp, #112]\n\tldp d12, d13, [sp, #128]\n\tldp d14, d15, [sp, #144]\n\t" \
	"ldp x29, x30, [sp], #160\n\t"

/* the words below are aligned, so they are in one page, whose address WORDS loads to x10 */
#define WORDS                           "adrp x10, process_guest_stack\n\t"
#define LOAD(register, variable)        "ldr " register ", [x10, :lo12:" variable "]\n\t"
#define STORE(register, variable)       "str " register ", [x10, :lo12:" variable "]\n\t"

__asm__(".pushsection .bss\n\t.balign 64\n"
	".globl process_interrupted, process_guest_stack, process_guest_thread, process_monitor_thread\n"
	"process_guest_stack:\n\t.skip 8\n"
	"process_guest_thread:\n\t.skip 8\n"
	"process_monitor_thread:\n\t.skip 8\n"
	"monitor_stack:\n\t.skip 8\n"
	"process_interrupted:\n\t.skip 1\n"
	".popsection\n");

void process_check(void)
{
}

/* signs x17 with x16 as modifier, if the processor has keys */
static uint64_t address_sign(uint64_t address, uint64_t stack)
{
	register uint64_t x16 __asm__("x16") = stack;
	register uint64_t x17 __asm__("x17") = address;

	__asm__("hint #8" : "+r"(x17) : "r"(x16));      /* PACIA1716 */
	return x17;
}

bool process_signs(void)
{
	/* for a single modifier the signature may happen to be 0 */
	return address_sign(0x1000, 0) != 0x1000 || address_sign(0x1000, 64) != 0x1000;
}

uint64_t process_first_frame(uint64_t entry, uint64_t stack)
{
	uint64_t *frame = (uint64_t *)stack - FRAME_WORDS;

	for (unsigned i = 0; i < FRAME_WORDS; i++)
		frame[i] = 0;
	frame[FRAME_RETURN] = address_sign(entry, stack);
	return (uintptr_t)frame;
}

__asm__(".text\n\t.balign 4\n"
	".globl process_run\n\t.type process_run, @function\n"
	"process_run:\n\t"
	"hint #25\n\t"                  /* PACIASP */
	SAVE
	"mov x9, sp\n\t"
	WORDS
	STORE("x9", "monitor_stack")
	"process_entry:\n\t"
	"ldrb w9, [x10, :lo12:process_interrupted]\n\t"
	"cbnz w9, process_entry_back\n\t"
	"cbnz x0, 1f\n\t"
	LOAD("x9", "process_guest_thread")
	"msr tpidr_el0, x9\n\t"
	LOAD("x9", "process_guest_stack")
	"mov sp, x9\n\t"
	RESTORE
	"hint #29\n\t"                  /* AUTIASP */
	"ret\n"
	"1:\n\t"
	"msr tpidr_el0, x1\n\t"
	"sub sp, x0, #128\n\t"          /* the frame begins with siginfo_t */
	"mov x8, #139\n\t"              /* rt_sigreturn */
	"svc #0\n"
	"process_entry_end:\n"

	".globl process_gate\n\t.type process_gate, @function\n"
	"process_gate:\n\t"
	"hint #25\n\t"
	SAVE
	"mov x9, sp\n\t"
	WORDS
	STORE("x9", "process_guest_stack")
	"mrs x9, tpidr_el0\n\t"
	STORE("x9", "process_guest_thread")
	LOAD("x9", "process_monitor_thread")
	"msr tpidr_el0, x9\n\t"
	LOAD("x9", "monitor_stack")
	"mov sp, x9\n\t"
	RESTORE
	"hint #29\n\t"
	"ret\n"

	".globl process_leave\n\t.type process_leave, @function\n"
	"process_leave:\n"
	"process_entry_back:\n\t"
	WORDS
	LOAD("x9", "process_monitor_thread")
	"msr tpidr_el0, x9\n\t"
	LOAD("x9", "monitor_stack")
	"mov sp, x9\n\t"
	RESTORE
	"mov w0, #-1\n\t"               /* LEFT_BY_SIGNAL */
	"hint #29\n\t"
	"ret\n"

	/* the thread pointer is the fourth argument of signal_handle */
	".globl process_signal\n\t.type process_signal, @function\n"
	"process_signal:\n\t"
	"hint #25\n\t"
	"stp x29, x30, [sp, #-32]!\n\t"
	"mrs x3, tpidr_el0\n\t"
	"str x3, [sp, #16]\n\t"
	WORDS
	LOAD("x9", "process_monitor_thread")
	"msr tpidr_el0, x9\n\t"
	"bl signal_handle\n\t"
	"ldr x3, [sp, #16]\n\t"
	"msr tpidr_el0, x3\n\t"
	"ldp x29, x30, [sp], #32\n\t"
	"hint #29\n\t"
	"ret\n"

	".globl process_signal_return\n\t.type process_signal_return, @function\n"
	"process_signal_return:\n\t"
	"hint #34\n\t"
	"mov x8, #139\n\t"
	"svc #0\n"

	".globl process_clock\n\t.type process_clock, @function\n"
	"process_clock:\n\t"
	"hint #34\n\t"
	"mov x8, #113\n\t"              /* clock_gettime */
	"svc #0\n\t"
	"ret\n");
