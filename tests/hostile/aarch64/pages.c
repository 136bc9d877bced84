/* SPDX-License-Identifier: ISC */
/* pages.c -- reaches for the vectors, the trap frame and the device pages other than by a hypercall */
#include "../hostile.h"

enum { VECTORS = 0x14400, TRAP_FRAME = 0x13000, HYPERCALLS = 0xf0000, TRAP = 0xf1000, HYPERCALL_SIZE = 8 };

#define STORE(instruction, address) __asm__ volatile(instruction : : "r"((uintptr_t)(address)) : "x0", "memory")

/* aarch64: 255 guest trap: instruction abort (class 0x20), ESR 0x8200000f
 * aarch64: +   execution of 0x14400: not permitted there
 * process: 255 guest trap: instruction abort *
 * process: +   execution of 0x*: nothing is mapped there */
ATTACK(call_vectors)
{
	return call(VECTORS);
}

/* aarch64: 255 guest trap: data abort (class 0x24), ESR 0x9200000f
 * aarch64: +   read of 0x13000: not permitted there
 * process: 255 guest trap: data abort *
 * process: +   read of 0x*: nothing is mapped there */
ATTACK(read_trap_frame)
{
	return read_byte(TRAP_FRAME);
}

/* aarch64: 255 guest trap: data abort (class 0x24), ESR 0x9200004f
 * aarch64: +   write of 0x*: not permitted there
 * process: 255 guest trap: data abort *
 * process: +   write of 0x*: nothing is mapped there */
ATTACK(write_trap_frame)
{
	return write_byte(TRAP_FRAME);
}

ATTACK(write_vectors)
{
	return write_byte(VECTORS);
}

/* what the vectors do to report a trap */
ATTACK(write_trap_page)
{
	STORE("str xzr, [%0]", TRAP);
	return 0;
}

/* aarch64: 255 guest trap: data abort (class 0x24), ESR 0x92000047
 * aarch64: +   write of 0xf2000: nothing is mapped there
 * process: 255 guest trap: data abort (class 0x24), ESR 0x92000046
 * process: +   write of 0xf2000: nothing is mapped there */
ATTACK(write_beyond_pages)
{
	STORE("str xzr, [%0]", TRAP + 0x1000);
	return 0;
}

/* aarch64: 255 guest trap: data abort (class 0x24), ESR 0x92000004
 * aarch64: +   read of 0xffff000000000000: nothing is mapped there */
ATTACK(read_upper_half)
{
	return read_byte(0xffff000000000000);
}

/* the number that this guest's first unselected hypercall would have */
/* aarch64: 255 there is no hypercall *
 * process: 255 guest trap: data abort *
 * process: +   write of 0x*: nothing is mapped there */
ATTACK(call_next)
{
	STORE("str xzr, [%0]", HYPERCALLS + hypercalls * HYPERCALL_SIZE);
	return 0;
}

/* aarch64: 255 there is no hypercall 511
 * process: 255 guest trap: data abort *
 * process: +   write of 0x*: nothing is mapped there */
ATTACK(call_last)
{
	STORE("str xzr, [%0]", HYPERCALLS + 511 * HYPERCALL_SIZE);
	return 0;
}

/* what the processor refuses to do to a device's memory, QEMU does, so that the monitor sees it */
/* aarch64: 255 @(guest trap: data abort (class 0x24), ESR 0x92000061|the guest accessed address 0xf0004 other than by a hypercall)
 * process: 255 guest trap: data abort *
 * process: +   write of 0x*: nothing is mapped there */
ATTACK(call_between)
{
	STORE("str xzr, [%0]", HYPERCALLS + 4);
	return 0;
}

/* aarch64: 255 @(guest trap: data abort (class 0x24), ESR 0x920000*|the guest accessed address 0xf0000 other than by a hypercall) */
ATTACK(call_exclusive)
{
	STORE("ldxr x0, [%0]", HYPERCALLS);
	return 0;
}

ATTACK(call_zero_cache)
{
	STORE("dc zva, %0", HYPERCALLS);
	return 0;
}

/* aarch64: 255 the guest accessed address 0xf0000 other than by a hypercall
 * process: 255 guest trap: data abort *
 * process: +   @(read|write) of 0x*: nothing is mapped there */
ATTACK(call_narrow)
{
	STORE("str wzr, [%0]", HYPERCALLS);
	return 0;
}

ATTACK(call_pair)
{
	STORE("stp xzr, xzr, [%0]", HYPERCALLS);
	return 0;
}

ATTACK(call_vector)
{
	STORE("str q0, [%0]", HYPERCALLS);
	return 0;
}

ATTACK(call_read)
{
	STORE("ldr x0, [%0]", HYPERCALLS);
	return 0;
}

/* its address is no call's */
/* aarch64: 255 the guest accessed address 0xf0001 other than by a hypercall
 * process: 255 guest trap: data abort *
 * process: +   write of 0x*: nothing is mapped there */
ATTACK(call_half)
{
	STORE("strb wzr, [%0]", HYPERCALLS + 1);
	return 0;
}

/* aarch64: 255 guest trap: instruction abort (class 0x20), ESR 0x8200000f
 * aarch64: +   execution of 0xf0000: not permitted there
 * process: 255 guest trap: instruction abort *
 * process: +   execution of 0x*: nothing is mapped there */
ATTACK(execute_hypercalls)
{
	return call(HYPERCALLS);
}
