/* SPDX-License-Identifier: ISC */
/* buffers.c -- hands over buffers that are not memory of its own */
#include "../hostile.h"

static const char constant[4096] = "read-only";
static volatile int data = 1;

static int console(uintptr_t address, uint64_t size)
{
	solo5_console_write((const char *)address, size);
	return 0;
}

static int block(uintptr_t address, uint64_t size)
{
	hypercall_block_read(0, 0, (uint8_t *)address, size);
	return 0;
}

/* --- to be read: all of guest memory that the guest itself may read, and no more --- */

/* any: 255 hypercall console_write: text at 0x0, 1 elements of 1 bytes, is not in memory that the guest may read */
ATTACK(from_null)
{
	return console(0, 1);
}

/* any: 255 hypercall console_write: text at 0x@(10000|100d0440), 8 elements of 1 bytes, is not in memory that the guest may read */
ATTACK(from_boot_info)
{
	return console(BOOT_INFO, 8);
}

/* any: 255 hypercall console_write: text at 0x@(11000|100d0400), 8 elements of 1 bytes, is not in memory that the guest may read */
ATTACK(from_arguments)
{
	return console(ARGUMENTS, 8);
}

/* any: 255 hypercall console_write: text at 0x15000, 8 elements of 1 bytes, is not in memory that the guest may read */
ATTACK(from_page_tables)
{
	return console(PAGE_TABLES, 8);
}

/* any: 255 hypercall console_write: text at 0x@(fffff|100fffff), 2 elements of 1 bytes, is not in memory that the guest may read */
ATTACK(from_below_image)
{
	return console(IMAGE - 1, 2);
}

/* any: 255 hypercall console_write: text at 0x*, 1 elements of 1 bytes, is not in memory that the guest may read */
ATTACK(from_guard_page)
{
	return console(guard_page(info), 1);
}

ATTACK(from_beyond_memory)
{
	return console(memory_end(info), 1);
}

ATTACK(from_far_away)
{
	return console(1ul << 40, 1);
}

ATTACK(from_no_address)
{
	return console(1ul << 62, 1);
}

/* any: 255 hypercall console_write: text at 0x*, 16 elements of 1 bytes, is not in memory that the guest may read */
ATTACK(from_heap_into_guard_page)
{
	return console(guard_page(info) - 8, 16);
}

ATTACK(from_stack_beyond_memory)
{
	return console(memory_end(info) - 8, 16);
}

ATTACK(from_guard_page_into_stack)
{
	return console(guard_page(info) + 4096 - 8, 16);
}

/* any: 255 hypercall console_write: text at 0x*, 8192 elements of 1 bytes, is not in memory that the guest may read */
ATTACK(from_across_guard_page)
{
	return console(guard_page(info) - 2048, 8192);
}

/* any: 255 hypercall console_write: text at 0x*, 18446744073709551615 elements of 1 bytes, is not in memory that the guest may read */
ATTACK(from_everywhere)
{
	return console((uintptr_t)constant, UINT64_MAX);
}

/* any: 255 hypercall console_write: text at 0x*, 18446744073709551599 elements of 1 bytes, is not in memory that the guest may read */
ATTACK(from_address_that_wraps)
{
	return console((uintptr_t)constant, UINT64_MAX - 16);
}

/* any: 0 */
ATTACK(from_nowhere_nothing)
{
	return console(0, 0) + console(UINT64_MAX, 0);
}

/* the last byte of the heap, and the last of memory: the 0 behind the command line */
ATTACK(from_the_last_bytes)
{
	*(char *)(guard_page(info) - 1) = 0;
	return console(guard_page(info) - 1, 1) + console(memory_end(info) - 1, 1);
}

/* --- to be written: only what the guest itself may write, and not the page of arguments --- */

/* any: 255 hypercall block_read: data at 0x0, 512 elements of 1 bytes, is not in memory that the guest may write */
ATTACK(into_null)
{
	return block(0, 512);
}

/* any: 255 hypercall block_read: data at 0x@(10000|100d0440), 512 elements of 1 bytes, is not in memory that the guest may write */
ATTACK(into_boot_info)
{
	return block(BOOT_INFO, 512);
}

/* the call's result over its own arguments: the one second writer that one processor can arrange */
/* any: 255 hypercall block_read: data at 0x@(11000|100d0400), 512 elements of 1 bytes, is not in memory that the guest may write */
ATTACK(into_arguments)
{
	return block(ARGUMENTS, 512);
}

/* any: 255 hypercall block_read: data at 0x15000, 512 elements of 1 bytes, is not in memory that the guest may write */
ATTACK(into_page_tables)
{
	return block(PAGE_TABLES, 512);
}

/* any: 255 hypercall block_read: data at 0x*, 512 elements of 1 bytes, is not in memory that the guest may write */
ATTACK(into_text)
{
	return block((uintptr_t)solo5_app_main, 512);
}

ATTACK(into_rodata)
{
	return block((uintptr_t)constant, 512);
}

ATTACK(into_rodata_and_data)
{
	/* initialised data begins on the page behind read-only data */
	return block(((uintptr_t)&data & ~4095ul) - 8, 512);
}

ATTACK(into_guard_page)
{
	return block(guard_page(info), 512);
}

ATTACK(into_heap_and_guard_page)
{
	return block(guard_page(info) - 8, 512);
}

ATTACK(into_stack_beyond_memory)
{
	return block(memory_end(info) - 8, 512);
}

/* any: 255 hypercall block_read: data at 0x*, 18446744073709551104 elements of 1 bytes, is not in memory that the guest may write */
ATTACK(into_everything)
{
	return block(info->heap_start, -512ul);
}
