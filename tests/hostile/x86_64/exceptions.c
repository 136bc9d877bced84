/* SPDX-License-Identifier: ISC */
/* exceptions.c -- exceptions on purpose, flags and addresses that are out of order */
#include "../hostile.h"

enum { FLAG_TRAP = 1 << 8, FLAG_IOPL = 3 << 12, FLAG_NESTED = 1 << 14, FLAG_ALIGNMENT = 1 << 18, FLAG_VIRTUAL = 3 << 19 };

static unsigned zero;

/* the stack is 16 bytes off, so that the red zone is left alone */
static void flags_set(unsigned long flags)
{
	__asm__ volatile("pushfq\n\torq %0, (%%rsp)\n\tpopfq" : : "r"(flags) : "memory", "cc");
}

static unsigned long flags_get(void)
{
	unsigned long flags;

	__asm__ volatile("pushfq\n\tpopq %0" : "=r"(flags) : : "memory");
	return flags;
}

/* x86_64: 255 guest trap: divide error (#DE), error code 0x0
 * x86_64: +   at 0x*: attack_divide+0x*
 * x86_64: +   rax 0x*  rbx 0x*  rcx 0x*  rdx 0x0
 * x86_64: +   rsi 0x*  rdi 0x*  rbp 0x*  rsp 0x*
 * x86_64: +   r8 0x*  r9 0x*  r10 0x*  r11 0x*
 * x86_64: +   r12 0x*  r13 0x*  r14 0x*  r15 0x*
 * x86_64: +   rip 0x*  rflags 0x*  cr2 0x* */
ATTACK(divide)
{
	__asm__ volatile("xor %%edx, %%edx\n\tdivl %0" : : "m"(zero) : "rax", "rdx");
	return 0;
}

/* x86_64: 255 guest trap: invalid opcode (#UD), error code 0x0 */
ATTACK(undefined)
{
	__asm__ volatile("ud2");
	return 0;
}

/* a function's name must not command the operator's terminal */
void name_that_commands(void);
__asm__("\t.type \"evil\033[2J\", @function\n\"evil\033[2J\":\nname_that_commands:\n\tud2");

/* x86_64: 255 guest trap: invalid opcode (#UD), error code 0x0
 * x86_64: +   at 0x*: evil[?]\[2J+0x0 */
ATTACK(name_with_escape_sequence)
{
	name_that_commands();
	return 0;
}

/* x86_64: 255 guest trap: breakpoint (#BP), error code 0x0 */
ATTACK(breakpoint)
{
	__asm__ volatile("int3");
	return 0;
}

/* the processor holds debug exceptions back for one instruction here */
ATTACK(breakpoint_behind_stack_load)
{
	unsigned selector;

	flags_set(0);
	__asm__ volatile("mov %%ss, %0\n\tmov %0, %%ss\n\tint3" : "=r"(selector));
	return 0;
}

/* x86_64: 255 guest trap: @(debug exception|invalid opcode) (#@(DB|UD)), error code 0x0 */
ATTACK(icebp)
{
	__asm__ volatile(".byte 0xf1");
	return 0;
}

/* x86_64: 255 guest trap: debug exception (#DB), error code 0x0 */
ATTACK(single_step)
{
	flags_set(FLAG_TRAP);
	__asm__ volatile("nop\n\tnop");
	return 0;
}

/* x86_64: 255 guest trap: general protection (#GP), error code 0x0
 * x86_64: +   at 0x*: attack_*+0x* */
ATTACK(all_ports_by_flags)
{
	flags_set(FLAG_IOPL);
	if (flags_get() & FLAG_IOPL)
		return 1;
	__asm__ volatile("outb %%al, %w0" : : "d"(0x3f8));
	return 0;
}

ATTACK(nested_task_return)
{
	flags_set(FLAG_NESTED);
	__asm__ volatile("pushq $0\n\tpushq $0\n\tpushq $0\n\tpushq $0\n\tpushq $0\n\tiretq" : : : "memory");
	return 0;
}

ATTACK(read_not_canonical)
{
	return read_byte(1ul << 62);
}

ATTACK(restore_bad_state)
{
	static char area[4096] __attribute__((aligned(64)));

	memset(area + 512, 0xff, 64);
	__asm__ volatile("xrstor %0" : : "m"(area), "a"(-1), "d"(-1));
	return 0;
}

ATTACK(null_stack_segment)
{
	__asm__ volatile("mov %w0, %%ss" : : "r"(0));
	return 0;
}

/* the emulated processor takes any base, and traps when it is used */
/* x86_64: 255 guest trap: general protection (#GP), error code 0x0 */
ATTACK(thread_pointer_not_canonical)
{
	__asm__ volatile("wrfsbase %0\n\tmov %%fs:0, %%rax" : : "r"(1ul << 62) : "rax");
	return 0;
}

ATTACK(gs_base_not_canonical)
{
	__asm__ volatile("wrgsbase %0\n\tmov %%gs:0, %%rax" : : "r"(1ul << 47) : "rax");
	return 0;
}

/* x86_64: 255 guest trap: general protection (#GP), error code 0x0 */
ATTACK(jump_not_canonical)
{
	return call(1ul << 62);
}

/* x86_64: 255 guest trap: @(stack fault|general protection) (#@(SS|GP)), error code 0x0 */
ATTACK(stack_not_canonical)
{
	__asm__ volatile("mov %0, %%rsp\n\tpushq $0" : : "r"(1ul << 62));
	return 0;
}

/* the stub has a stack of its own, so a bad one of the guest's is no double fault */
/* x86_64: 255 guest trap: page fault (#PF), error code 0x6
 * x86_64: +   write of 0xfffffffffffffff8: nothing is mapped there */
ATTACK(stack_at_null)
{
	__asm__ volatile("mov %0, %%rsp\n\tpushq $0" : : "r"(0l));
	return 0;
}

/* flags that mean something to virtual-8086 mode alone don't stick */
/* x86_64: 0 */
ATTACK(virtual_interrupt_flags)
{
	flags_set(FLAG_VIRTUAL);
	return (flags_get() & FLAG_VIRTUAL) != 0;
}

/* the trap stub runs with the guest's alignment flag: it must not trap on it */
/* x86_64: 255 guest trap: breakpoint (#BP), error code 0x0 */
ATTACK(alignment_flag)
{
	flags_set(FLAG_ALIGNMENT);
	__asm__ volatile("int3");
	return 0;
}

static void cpuid(unsigned leaf, unsigned *a, unsigned *b, unsigned *c, unsigned *d)
{
	__asm__ volatile("cpuid" : "=a"(*a), "=b"(*b), "=c"(*c), "=d"(*d) : "a"(leaf), "c"(0));
}

/* what is not backed is not told of: virtualization, counters, topology, KVM's own leaves */
/* x86_64: 0
 * pvm: 1
 * process: 1 */
ATTACK(cpuid)
{
	unsigned a, b, c, d;

	cpuid(1, &a, &b, &c, &d);
	if (b & 0xffff0000 || c & (1u << 3 | 1u << 5 | 1u << 6 | 1u << 15 | 1u << 21) || d & (1u << 21 | 1u << 28))
		return 1;       /* APIC id; MONITOR, VMX, SMX, PDCM, x2APIC; DS, HTT */
	cpuid(0x80000001, &a, &b, &c, &d);
	if (c & (1u << 2 | 1u << 23) || d & (1u << 11 | 1u << 27))
		return 2;       /* SVM, performance counters; SYSCALL, RDTSCP */
	cpuid(0x40000000, &a, &b, &c, &d);
	if (b == 0x4b4d564b)
		return 3;       /* "KVMK" */
	return 0;
}
