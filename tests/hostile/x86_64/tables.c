/* SPDX-License-Identifier: ISC */
/* tables.c -- reaches for the processor's tables, the trap stubs and the supervisor's stack */
#include "../hostile.h"

enum {
	GDT = 0x12000,
	IDT = 0x12200,
	TSS = 0x12400,
	STUBS = 0x13000,
	SUPERVISOR_STACK = 0x14000,
};

/* x86_64: 255 guest trap: page fault (#PF), error code 0x5
 * x86_64: +   read of 0x*: not permitted there
 * process: 255 guest trap: page fault (#PF), error code 0x4
 * process: +   read of 0x*: nothing is mapped there */
ATTACK(read_gdt)
{
	return read_byte(GDT);
}

ATTACK(read_stubs)
{
	return read_byte(STUBS);
}

ATTACK(read_supervisor_stack)
{
	return read_byte(SUPERVISOR_STACK);
}

/* x86_64: 255 guest trap: page fault (#PF), error code 0x7
 * x86_64: +   write of 0x*: not permitted there
 * process: 255 guest trap: page fault (#PF), error code 0x6
 * process: +   write of 0x*: nothing is mapped there */
ATTACK(write_gdt)
{
	return write_byte(GDT + 0x20);
}

ATTACK(write_idt)
{
	return write_byte(IDT);
}

ATTACK(write_tss)
{
	return write_byte(TSS + 104);
}

ATTACK(write_stubs)
{
	return write_byte(STUBS);
}

ATTACK(write_supervisor_stack)
{
	return write_byte(SUPERVISOR_STACK + 4096 - 8);
}

/* x86_64: 255 guest trap: page fault (#PF), error code 0x15
 * x86_64: +   execution of 0x13000: not permitted there
 * process: 255 guest trap: page fault (#PF), error code 0x14
 * process: +   execution of 0x13000: nothing is mapped there */
ATTACK(call_stub)
{
	return call(STUBS);
}

/* x86_64: 255 guest trap: page fault (#PF), error code 0x15
 * x86_64: +   execution of 0x14000: not permitted there
 * process: 255 guest trap: page fault (#PF), error code 0x14
 * process: +   execution of 0x14000: nothing is mapped there */
ATTACK(call_supervisor_stack)
{
	return call(SUPERVISOR_STACK);
}

/* where the tables are is no secret, but where the processor can hide it, it does (UMIP) */
/* x86_64: 255 guest trap: general protection (#GP), error code 0x0
 * process: 0|255 guest trap: general protection (#GP), error code 0x0 */
ATTACK(sgdt)
{
	char table[16];

	__asm__ volatile("sgdt %0" : "=m"(table));
	return 0;
}

ATTACK(sidt)
{
	char table[16];

	__asm__ volatile("sidt %0" : "=m"(table));
	return 0;
}

ATTACK(sldt)
{
	unsigned long selector;

	__asm__ volatile("sldt %0" : "=r"(selector));
	return 0;
}

ATTACK(str)
{
	unsigned long selector;

	__asm__ volatile("str %0" : "=r"(selector));
	return 0;
}

ATTACK(smsw)
{
	unsigned long word;

	__asm__ volatile("smsw %0" : "=r"(word));
	return 0;
}

/* nothing is told of descriptors that are not the guest's own, or a process's, where those are the processor's */
/* x86_64: 0
 * pvm: 5
 * process: 5 */
ATTACK(lar)
{
	static const unsigned selectors[] = {0x08, 0x0b, 0x10, 0x13, 0x28, 0x2b, 0x30, 0xfff8};

	for (unsigned i = 0; i < sizeof(selectors) / sizeof(selectors[0]); i++) {
		unsigned rights, limit;
		char told, limit_told;

		__asm__ volatile("lar %2, %0" : "=r"(rights), "=@ccz"(told) : "r"(selectors[i]));
		__asm__ volatile("lsl %2, %0" : "=r"(limit), "=@ccz"(limit_told) : "r"(selectors[i]));
		if (told || limit_told)
			return 1 + (int)i;
	}
	return 0;
}

/* x86_64: 255 guest trap: general protection (#GP), error code 0x10 */
ATTACK(load_supervisor_data)
{
	__asm__ volatile("mov %w0, %%ds" : : "r"(0x13));
	return 0;
}

ATTACK(load_supervisor_stack)
{
	__asm__ volatile("mov %w0, %%ss" : : "r"(0x10));
	return 0;
}

/* where the processor is emulated it may pop as the supervisor, and SMAP refuses that: #PF, error code 0x1 */
/* x86_64: 255 guest trap: * (#@(GP|PF)), error code 0x@(8|1) */
ATTACK(return_to_supervisor)
{
	__asm__ volatile("pushq $0x8\n\tpushq $0x13000\n\tlretq" : : : "memory");
	return 0;
}

ATTACK(interrupt_return_to_supervisor)
{
	__asm__ volatile("pushq $0x10\n\tpushq $0x15000\n\tpushq $2\n\tpushq $0x8\n\tpushq $0x13000\n\tiretq" : : : "memory");
	return 0;
}

/* x86_64: 255 guest trap: general protection (#GP), error code 0x28
 * pvm: 255 guest trap: invalid opcode (#UD), error code 0x0 */
ATTACK(jump_to_task)
{
	static const struct {
		unsigned offset;
		unsigned short selector;
	} to = {0, 0x28};

	__asm__ volatile("ljmp *%0" : : "m"(to));
	return 0;
}
