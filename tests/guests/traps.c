/* SPDX-License-Identifier: ISC */
/*
 * traps.c -- does the one forbidden thing that its argument names; each must end it with a report
 *
 * What every processor has is here, what one of them has in its folder.
 */
#include <solo5.h>
#include <string.h>

#include "deeds.h"                /* the processor's own */

#define IS(name) (!strcmp(info->cmdline, name))

static const char constant[] = "read-only";
static unsigned char bytes[16];

static int deeper(int n)
{
	volatile char page[2048];

	page[0] = (char)n;
	return deeper(n + 1) + page[0];
}

static void write_byte(uintptr_t address)
{
	*(volatile char *)address = 1;
}

static void call(uintptr_t address)
{
	((void (*)(void))address)();
}

/* a hypercall made by hand, with arguments that the bindings would never give */
static void console_write_raw(uint64_t address, uint64_t size)
{
	solo5_console_write((const char *)address, size);
}

int solo5_app_main(const struct solo5_start_info *info)
{
	uintptr_t text = (uintptr_t)solo5_app_main;

	if (IS("write-null"))
		write_byte(0);
	else if (IS("call-null"))
		call(0);
	else if (IS("write-text"))
		write_byte(text);
	else if (IS("write-rodata"))
		write_byte((uintptr_t)constant);
	else if (IS("execute-data"))
		call((uintptr_t)bytes);
	else if (IS("execute-stack")) {
		volatile unsigned char code[4] = {0};

		call((uintptr_t)code);
	} else if (IS("execute-heap"))
		call(info->heap_start);
	else if (IS("write-boot-info"))
		write_byte(0x1000);
	else if (IS("read-stubs"))
		return *(volatile char *)0x4000;
	else if (IS("write-page-tables"))
		write_byte(0x6000);
	else if (IS("stack-overflow"))
		return deeper(0);
	else if (IS("buffer-outside"))
		console_write_raw(1ul << 40, 1);
	else if (IS("buffer-null"))
		console_write_raw(0, 1);
	else if (IS("buffer-wraps"))
		console_write_raw(text, UINT64_MAX - 16);
	else if (IS("buffer-page-tables"))
		console_write_raw(0x6000, 8);
	else if (IS("buffer-crosses-end"))
		console_write_raw(info->heap_start + info->heap_size - 8, 16);
	else if (IS("abort"))
		solo5_abort();
	else if (!deed_do(info->cmdline))
		return 3;
	return 0;
}
