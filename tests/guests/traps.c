/* SPDX-License-Identifier: ISC */
/* traps.c -- does the one forbidden thing that its argument names; each must end it with a report */
#include <solo5.h>
#include <string.h>

#define IS(name) (!strcmp(info->cmdline, name))

static const char constant[] = "read-only";
static unsigned char bytes[16] = {0xc3};        /* ret */
static unsigned zero;

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
		volatile unsigned char code[1] = {0xc3};

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
	else if (IS("divide"))
		__asm__ volatile("xor %%edx, %%edx\n\tdivl %0" : : "m"(zero) : "rax", "rdx");
	else if (IS("undefined"))
		__asm__ volatile("ud2");
	else if (IS("breakpoint"))
		__asm__ volatile("int3");
	else if (IS("syscall"))
		__asm__ volatile("syscall" : : : "rcx", "r11");
	else if (IS("halt"))
		__asm__ volatile("hlt");
	else if (IS("cr3"))
		__asm__ volatile("mov %%cr3, %%rax" : : : "rax");
	else if (IS("int80"))
		__asm__ volatile("int $0x80");
	else if (IS("port"))
		__asm__ volatile("outb %%al, %%dx" : : "d"(0x3f8));
	else if (IS("port-beyond"))
		__asm__ volatile("outb %%al, %%dx" : : "d"(0x20 + 60));
	else if (IS("port-next"))       /* console_write, exit and abort are numbers 0 to 2 */
		__asm__ volatile("outb %%al, %%dx" : : "d"(0x20 + 3));
	else if (IS("port-trap"))
		__asm__ volatile("outb %%al, %%dx" : : "d"(0x10));
	else if (IS("port-wide"))
		__asm__ volatile("outl %%eax, %%dx" : : "d"(0x20));
	else if (IS("port-read"))
		__asm__ volatile("inb %%dx, %%al" : : "d"(0x20) : "rax");
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
	else
		return 3;
	return 0;
}
