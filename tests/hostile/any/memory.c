/* SPDX-License-Identifier: ISC */
/* memory.c -- reads, writes and executes what its page tables don't let it */
#include "../hostile.h"

static const char constant[] = "read-only";
static unsigned char data[16] = {1};
static unsigned char zeroes[16];

/* x86_64: 255 guest trap: page fault (#PF), error code 0x4
 * x86_64: +   read of 0x0: nothing is mapped there
 * aarch64: 255 guest trap: data abort (class 0x24), ESR 0x9200000[67]
 * aarch64: +   read of 0x0: nothing is mapped there */
ATTACK(read_null)
{
	return read_byte(0);
}

/* x86_64: 255 guest trap: page fault (#PF), error code 0x6
 * x86_64: +   write of 0x0: nothing is mapped there
 * aarch64: 255 guest trap: data abort (class 0x24), ESR 0x9200004[67]
 * aarch64: +   write of 0x0: nothing is mapped there */
ATTACK(write_null)
{
	return write_byte(0);
}

/* x86_64: 255 guest trap: page fault (#PF), error code 0x14
 * x86_64: +   execution of 0x0: nothing is mapped there
 * x86_64: +   at 0x0
 * aarch64: 255 guest trap: instruction abort (class 0x20), ESR 0x8200000[67]
 * aarch64: +   execution of 0x0: nothing is mapped there
 * aarch64: +   at 0x0 */
ATTACK(call_null)
{
	return call(0);
}

/* x86_64: 255 guest trap: page fault (#PF), error code 0x7
 * x86_64: +   write of 0x*: not permitted there
 * x86_64: +   at 0x*: attack_write_*+0x*
 * aarch64: 255 guest trap: data abort (class 0x24), ESR 0x9200004f
 * aarch64: +   write of 0x*: not permitted there
 * aarch64: +   at 0x*: attack_write_*+0x* */
ATTACK(write_text)
{
	return write_byte((uintptr_t)solo5_app_main);
}

ATTACK(write_rodata)
{
	return write_byte((uintptr_t)constant);
}

/* x86_64: 255 guest trap: page fault (#PF), error code 0x7
 * x86_64: +   write of 0x*: not permitted there
 * x86_64: +   at 0x*: attack_write_*+0x*
 * aarch64: 255 guest trap: data abort (class 0x24), ESR 0x9200004f
 * aarch64: +   write of 0x*: not permitted there
 * aarch64: +   at 0x*: attack_write_*+0x*
 * process: 255 guest trap: @(page fault|instruction abort) *
 * process: +   execution of 0x5000: nothing is mapped there */
ATTACK(write_boot_info)
{
	volatile uint64_t *words = (void *)hidden(BOOT_INFO);

	/* a process may write it, and harms itself alone: its next hypercall goes where the core's words say now */
	for (unsigned i = 0; i < 6; i++)
		words[i] = 0x5000;
	return 0;
}

/* x86_64: 255 guest trap: page fault (#PF), error code 0x15
 * x86_64: +   execution of 0x*: not permitted there
 * aarch64: 255 guest trap: instruction abort (class 0x20), ESR 0x8200000?
 * aarch64: +   execution of 0x*: not permitted there */
ATTACK(execute_data)
{
	return call((uintptr_t)data);
}

ATTACK(execute_bss)
{
	return call((uintptr_t)zeroes);
}

ATTACK(execute_rodata)
{
	return call((uintptr_t)constant);
}

ATTACK(execute_heap)
{
	return call(info->heap_start);
}

ATTACK(execute_stack)
{
	unsigned char code[16];

	return call((uintptr_t)code);
}

ATTACK(execute_arguments)
{
	return call(ARGUMENTS);
}

ATTACK(execute_boot_info)
{
	return call(BOOT_INFO);
}

/* x86_64: 255 guest trap: page fault (#PF), error code 0x4
 * x86_64: +   read of 0x*: nothing is mapped there
 * aarch64: 255 guest trap: data abort (class 0x24), ESR 0x9200000?
 * aarch64: +   read of 0x*: nothing is mapped there */
ATTACK(read_page_tables)
{
	return read_byte(PAGE_TABLES);
}

ATTACK(read_guard_page)
{
	return read_byte(guard_page(info));
}

ATTACK(read_beyond_memory)
{
	return read_byte(memory_end(info));
}

ATTACK(read_below_image)
{
	return read_byte(IMAGE - 1);
}

/* x86_64: 255 guest trap: page fault (#PF), error code 0x6
 * x86_64: +   write of 0x*: nothing is mapped there
 * aarch64: 255 guest trap: data abort (class 0x24), ESR 0x9200004?
 * aarch64: +   write of 0x*: nothing is mapped there */
ATTACK(write_page_tables)
{
	return write_byte(PAGE_TABLES);
}

ATTACK(write_guard_page)
{
	return write_byte(guard_page(info));
}

ATTACK(write_beyond_memory)
{
	return write_byte(memory_end(info));
}

/* not inlined into itself: a frame of many pages would skip the one below the stack */
static __attribute__((noinline)) int deeper(int n)
{
	volatile char page[2048];

	page[0] = (char)n;
	return deeper(n + 1) + page[0];
}

/* x86_64: 255 guest trap: page fault (#PF), error code 0x6
 * x86_64: +   write of 0x*: nothing is mapped there
 * x86_64: +   stack overflow; STACK_KB is *
 * x86_64: +   at 0x*: deeper+0x*
 * aarch64: 255 guest trap: data abort (class 0x24), ESR 0x9200004?
 * aarch64: +   write of 0x*: nothing is mapped there
 * aarch64: +   stack overflow; STACK_KB is *
 * aarch64: +   at 0x*: deeper+0x* */
ATTACK(deep_recursion)
{
	return deeper(0);
}

static __thread int variable;

/* x86_64: 255 guest trap: page fault (#PF), error code 0x5
 * x86_64: +   read of 0x14*: not permitted there
 * aarch64: 255 guest trap: data abort (class 0x24), ESR 0x9200000?
 * aarch64: +   read of 0x15*: nothing is mapped there
 * process: 255 guest trap: @(page fault|data abort) *
 * process: +   read of 0x1[45]*: nothing is mapped there */
ATTACK(thread_pointer_at_page_tables)
{
	if (solo5_set_tls_base(PAGE_TABLES) != SOLO5_R_OK)
		return 1;
	return *(volatile int *)&variable;
}

/* any: 0 */
ATTACK(thread_pointer_refused)
{
	return solo5_set_tls_base(1ul << 62) != SOLO5_R_EINVAL;
}

/* any: 255 solo5_abort() called */
ATTACK(abort)
{
	solo5_abort();
}
