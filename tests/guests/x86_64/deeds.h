/* SPDX-License-Identifier: ISC */
/* deeds.h -- x86-64: privileged instructions, exceptions, ports */
#ifndef DEEDS_H
#define DEEDS_H

#include <stdbool.h>
#include <string.h>

static unsigned zero;

/* false if there is no such deed */
static bool deed_do(const char *name)
{
	if (!strcmp(name, "divide"))
		__asm__ volatile("xor %%edx, %%edx\n\tdivl %0" : : "m"(zero) : "rax", "rdx");
	else if (!strcmp(name, "undefined"))
		__asm__ volatile("ud2");
	else if (!strcmp(name, "breakpoint"))
		__asm__ volatile("int3");
	else if (!strcmp(name, "syscall"))
		__asm__ volatile("syscall" : : : "rcx", "r11");
	else if (!strcmp(name, "halt"))
		__asm__ volatile("hlt");
	else if (!strcmp(name, "cr3"))
		__asm__ volatile("mov %%cr3, %%rax" : : : "rax");
	else if (!strcmp(name, "int80"))
		__asm__ volatile("int $0x80");
	else if (!strcmp(name, "port"))
		__asm__ volatile("outb %%al, %%dx" : : "d"(0x3f8));
	else if (!strcmp(name, "port-beyond"))
		__asm__ volatile("outb %%al, %%dx" : : "d"(0x20 + 60));
	else if (!strcmp(name, "port-next"))    /* console_write, exit and abort are numbers 0 to 2 */
		__asm__ volatile("outb %%al, %%dx" : : "d"(0x20 + 3));
	else if (!strcmp(name, "port-trap"))
		__asm__ volatile("outb %%al, %%dx" : : "d"(0x10));
	else if (!strcmp(name, "port-wide"))
		__asm__ volatile("outl %%eax, %%dx" : : "d"(0x20));
	else if (!strcmp(name, "port-read"))
		__asm__ volatile("inb %%dx, %%al" : : "d"(0x20) : "rax");
	else
		return false;
	return true;
}

#endif
