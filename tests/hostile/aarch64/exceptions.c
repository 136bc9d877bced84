/* SPDX-License-Identifier: ISC */
/* exceptions.c -- exceptions on purpose, and addresses that are out of order */
#include "../hostile.h"

/* aarch64: 255 guest trap: undefined instruction (class 0x0), ESR 0x2000000
 * aarch64: +   at 0x1*: attack_undefined+0x* */
ATTACK(undefined)
{
	__asm__ volatile("udf #0");
	return 0;
}

/* aarch64: 255 guest trap: breakpoint (BRK) (class 0x3c), ESR 0xf2000001 */
ATTACK(breakpoint)
{
	__asm__ volatile("brk #1");
	return 0;
}

/* aarch64: 255 guest trap: breakpoint (BRK) (class 0x3c), ESR 0xf2000002
 * aarch64: +   at 0x1*: attack_registers+0x*
 * aarch64: +   x0 0x1000  x1 *
 * aarch64: +   x4 *
 * aarch64: +   x8 *
 * aarch64: +   x12 *
 * aarch64: +   x16 0x*  x17 0x*  x18 0x*  x19 0x1019
 * aarch64: +   x20 *
 * aarch64: +   x24 *
 * aarch64: +   x28 0x1028  x29 0x*  x30 0x1030  sp 0x*
 * aarch64: +   elr 0x1*  spsr 0x*  far 0x* */
ATTACK(registers)
{
	__asm__ volatile("mov x0, #0x1000\n\tmov x19, #0x1019\n\tmov x28, #0x1028\n\tmov x30, #0x1030\n\t"
			 "msr fpsr, x0\n\tbrk #2" : : : "x0", "x19", "x28", "x30");
	return 0;
}

/* aarch64: 255 guest trap: misaligned program counter (class 0x22), ESR 0x8a000000 */
ATTACK(jump_between_instructions)
{
	__asm__ volatile("br %0" : : "r"((uintptr_t)solo5_app_main + 2));
	return 0;
}

/* aarch64: 255 guest trap: data abort (class 0x24), ESR 0x92000021
 * aarch64: +   read of 0x@(1|101)?????: misaligned */
ATTACK(misaligned_exclusive)
{
	static uint64_t words[4];

	__asm__ volatile("ldxr x0, [%0]" : : "r"((char *)words + 1) : "x0");
	return 0;
}

static void elsewhere(void)
{
	solo5_exit(9);
}

/* replaces its return address, which was signed when it began if the processor can: without PAC the status is 9 */
/* aarch64: 255 guest trap: instruction abort (class 0x20), ESR 0x8200000?
 * aarch64: +   execution of 0x*1?????: * */
static __attribute__((noinline)) void return_replaced(void)
{
	__asm__ volatile("str %0, [x29, #8]" : : "r"(elsewhere) : "x30", "memory");
}

ATTACK(return_elsewhere)
{
	return_replaced();
	return 0;
}

/* the instruction, by its number among the hints, so that processors without it do nothing; see Arm ARM, C6.2, PACIA and PACIB */
#define SIGNED(hint, pointer, modifier) ({ \
	register uint64_t signed_ __asm__("x17") = (pointer); \
	register uint64_t modifier_ __asm__("x16") = (modifier); \
	__asm__ volatile("hint #" hint : "+r"(signed_) : "r"(modifier_)); \
	signed_; \
})

/* keys A and B sign, and in all 23 bits that an address of 40 leaves; without PAC the status is 9 */
/* aarch64: 0
 * process: 9 */
ATTACK(sign_with_both_keys)
{
	uint64_t address = (uintptr_t)elsewhere, by_a = 0, by_b = 0;

	for (uint64_t modifier = 0; modifier < 64; modifier++) {
		by_a |= SIGNED("8", address, modifier) ^ address;
		by_b |= SIGNED("10", address, modifier) ^ address;
	}
	return by_a == 0xff7fff0000000000 && by_b == by_a ? 0 : 9;
}

/* the library's text has no landing pads, and so lies in pages that are not guarded */
/* aarch64: 0 */
ATTACK(call_library_by_pointer)
{
	static int (*volatile compare)(const char *, const char *);

	compare = strcmp;
	return !compare(info->cmdline, "other");
}

/* where the processor has no landing pads, the status is 9 */
/* aarch64: 255 guest trap: branch target (BTI) (class 0xd), ESR 0x36000002
 * aarch64: +   at 0x1*: attack_call_into_function+0x* */
ATTACK(call_into_function)
{
	__asm__ volatile("adr x9, 1f\n\tblr x9\n\tb 2f\n1:\tret\n2:" : : : "x9", "x30");
	return 9;
}

/* a function that signs its return address begins with that: a landing pad for calls, none for jumps */
/* aarch64: 255 guest trap: branch target (BTI) (class 0xd), ESR 0x36000003
 * aarch64: +   at 0x1*: elsewhere_signed+0x0 */
static __attribute__((noinline, used)) void elsewhere_signed(void)
{
	__asm__ volatile("" : : : "x30");
	solo5_exit(9);
}

ATTACK(jump_to_function)
{
	__asm__ volatile("br %0" : : "r"(elsewhere_signed));
	return 0;
}
