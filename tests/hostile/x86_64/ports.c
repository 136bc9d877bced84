/* SPDX-License-Identifier: ISC */
/* ports.c -- reaches for ports: the I/O permission bitmap lets through one byte written to a hypercall's, and no more */
#include "../hostile.h"

enum { PORT_TRAP = 0x10, PORT_HYPERCALL = 0x20 };

static int out(unsigned port)
{
	__asm__ volatile("outb %%al, %w0" : : "d"(port) : "memory");
	return 0;
}

/* x86_64: 255 guest trap: general protection (#GP), error code 0x0
 * x86_64: +   at 0x*: attack_port_*+0x* */
ATTACK(port_keyboard)
{
	return out(0x60);
}

ATTACK(port_pci)
{
	__asm__ volatile("outl %%eax, %w0" : : "d"(0xcf8));
	return 0;
}

ATTACK(port_serial)
{
	return out(0x3f8);
}

ATTACK(port_last)
{
	return out(0xffff);
}

/* the stubs' port: what is reported as a trap is one */
ATTACK(port_trap)
{
	return out(PORT_TRAP);
}

ATTACK(port_before)
{
	return out(PORT_HYPERCALL - 1);
}

/* the number that this guest's first unselected hypercall would have */
ATTACK(port_next)
{
	return out(PORT_HYPERCALL + hypercalls);
}

ATTACK(port_wide_at_end)
{
	__asm__ volatile("outw %%ax, %w0" : : "d"(PORT_HYPERCALL + hypercalls - 1));
	return 0;
}

ATTACK(port_read_keyboard)
{
	unsigned char byte;

	__asm__ volatile("inb %w1, %0" : "=a"(byte) : "d"(0x60));
	return 0;
}

/* x86_64: 255 the guest accessed port 0x20 other than by a hypercall
 * process: 255 guest trap: general protection (#GP), error code 0x0 */
ATTACK(port_wide)
{
	__asm__ volatile("outw %%ax, %w0" : : "d"(PORT_HYPERCALL));
	return 0;
}

ATTACK(port_read)
{
	unsigned char byte;

	__asm__ volatile("inb %w1, %0" : "=a"(byte) : "d"(PORT_HYPERCALL));
	return 0;
}

ATTACK(port_read_string)
{
	uintptr_t to = info->heap_start;

	__asm__ volatile("rep insb" : "+D"(to) : "d"(PORT_HYPERCALL), "c"(4096l) : "memory");
	return 0;
}

/* a byte written from memory is a byte written: port 0x20 is abort's */
/* x86_64: 255 solo5_abort() called
 * process: 255 guest trap: general protection (#GP), error code 0x0 */
ATTACK(port_write_string)
{
	uintptr_t from = info->heap_start;

	__asm__ volatile("outsb" : "+S"(from) : "d"(PORT_HYPERCALL) : "memory");
	return 0;
}

/* KVM reads the bytes with the guest's rights */
/* x86_64: 255 guest trap: page fault (#PF), error code 0x4
 * x86_64: +   read of 0x15000: nothing is mapped there
 * process: 255 guest trap: general protection (#GP), error code 0x0 */
ATTACK(port_write_string_from_page_tables)
{
	uintptr_t from = PAGE_TABLES;

	__asm__ volatile("outsb" : "+S"(from) : "d"(PORT_HYPERCALL) : "memory");
	return 0;
}
