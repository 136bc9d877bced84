/* SPDX-License-Identifier: ISC */
/* deeds.h -- 64-bit ARM: exceptions, system registers, device pages */
#ifndef DEEDS_H
#define DEEDS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { HYPERCALLS = 0xf0000, TRAP = 0xf1000 };

static void elsewhere(void)
{
	solo5_exit(9);
}

/* replaces its return address, which was signed when it began if the processor can */
static __attribute__((noinline)) void return_elsewhere(void)
{
	__asm__ volatile("str %0, [x29, #8]" : : "r"(elsewhere) : "x30", "memory");
}

/* false if there is no such deed */
static bool deed_do(const char *name)
{
	static uint64_t memory[4];
	static int (*volatile compare)(const char *, const char *);

	if (!strcmp(name, "undefined"))
		__asm__ volatile("udf #0");
	else if (!strcmp(name, "breakpoint"))
		__asm__ volatile("brk #1");
	else if (!strcmp(name, "svc"))
		__asm__ volatile("svc #42" : : : "x0");
	else if (!strcmp(name, "hvc"))
		__asm__ volatile(".inst 0xd4000002" : : : "x0");
	else if (!strcmp(name, "smc"))
		__asm__ volatile(".inst 0xd4000003" : : : "x0");
	else if (!strcmp(name, "wait"))
		__asm__ volatile("wfi");
	else if (!strcmp(name, "eret"))
		__asm__ volatile("eret");
	else if (!strcmp(name, "mask"))
		__asm__ volatile("msr daifset, #15");
	else if (!strcmp(name, "tables"))
		__asm__ volatile("msr ttbr0_el1, xzr");
	else if (!strcmp(name, "control"))
		__asm__ volatile("mrs x0, sctlr_el1" : : : "x0");
	else if (!strcmp(name, "identity"))
		__asm__ volatile("mrs x0, midr_el1" : : : "x0");
	else if (!strcmp(name, "timer"))
		__asm__ volatile("mrs x0, cntp_ctl_el0" : : : "x0");
	else if (!strcmp(name, "physical-counter"))
		__asm__ volatile("mrs x0, cntpct_el0" : : : "x0");
	else if (!strcmp(name, "performance"))
		__asm__ volatile("mrs x0, pmcr_el0" : : : "x0");
	else if (!strcmp(name, "flush-tables"))
		__asm__ volatile("tlbi vmalle1");
	else if (!strcmp(name, "flush-cache"))
		__asm__ volatile("dc isw, xzr");
	else if (!strcmp(name, "jump-odd"))
		__asm__ volatile("br %0" : : "r"((uintptr_t)deed_do + 2));
	else if (!strcmp(name, "call-next"))    /* console_write, exit and abort are numbers 0 to 2 */
		__asm__ volatile("str xzr, [%0]" : : "r"(HYPERCALLS + 3 * 8));
	else if (!strcmp(name, "call-last"))
		__asm__ volatile("str xzr, [%0]" : : "r"(HYPERCALLS + 0xff8));
	else if (!strcmp(name, "call-odd"))
		__asm__ volatile("str xzr, [%0]" : : "r"(HYPERCALLS + 4));
	else if (!strcmp(name, "call-narrow"))
		__asm__ volatile("str wzr, [%0]" : : "r"(HYPERCALLS));
	else if (!strcmp(name, "call-half"))    /* its address is no call's */
		__asm__ volatile("strb wzr, [%0]" : : "r"(HYPERCALLS + 1));
	else if (!strcmp(name, "call-pair"))
		__asm__ volatile("stp xzr, xzr, [%0]" : : "r"(HYPERCALLS));
	else if (!strcmp(name, "call-vector"))
		__asm__ volatile("str q0, [%0]" : : "r"(HYPERCALLS));
	else if (!strcmp(name, "call-exclusive"))
		__asm__ volatile("ldxr x0, [%0]" : : "r"(HYPERCALLS) : "x0");
	else if (!strcmp(name, "call-read"))
		__asm__ volatile("ldr x0, [%0]" : : "r"(HYPERCALLS) : "x0");
	else if (!strcmp(name, "call-execute"))
		((void (*)(void))HYPERCALLS)();
	else if (!strcmp(name, "call-zero-cache"))
		__asm__ volatile("dc zva, %0" : : "r"(HYPERCALLS));
	else if (!strcmp(name, "trap-page"))
		__asm__ volatile("str xzr, [%0]" : : "r"(TRAP));
	else if (!strcmp(name, "beyond-pages"))
		__asm__ volatile("str xzr, [%0]" : : "r"(TRAP + 0x1000));
	else if (!strcmp(name, "vectors"))
		((void (*)(void))0x3400)();
	else if (!strcmp(name, "misaligned-exclusive"))
		__asm__ volatile("ldxr x0, [%0]" : : "r"((char *)memory + 1) : "x0");
	else if (!strcmp(name, "upper-half"))
		__asm__ volatile("ldr x0, [%0]" : : "r"(0xffff000000000000) : "x0");
	else if (!strcmp(name, "registers"))
		__asm__ volatile("mov x0, #0x1000\n\tmov x19, #0x1019\n\tmov x28, #0x1028\n\tmov x30, #0x1030\n\t"
				 "msr fpsr, x0\n\tbrk #2" : : : "x0", "x19", "x28", "x30");
	else if (!strcmp(name, "return-elsewhere"))
		return_elsewhere();
	else if (!strcmp(name, "call-pointer"))
		compare = strcmp, compare(name, "other");
	else
		return false;
	return true;
}

#endif
