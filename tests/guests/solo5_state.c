/* SPDX-License-Identifier: ISC */
/*
 * solo5_state.c -- checks that registers are as the ABI requires at the start, and preserved by calls that leave the guest
 *
 * Exit status 0 if all holds, else the number of the check. The argument is the
 * host: calls of a process are calls, and leave vector registers to the caller.
 */
#include "solo5.h"

enum { STATE = 512 };

static unsigned char before[STATE] __attribute__((aligned(16))), after[STATE] __attribute__((aligned(16)));
static float values[4096], sums[4096];

static void leave(const char *text)
{
	solo5_console_write(text, 1);
}

/* compilers vectorise this with SSE2 at -O3 */
static float products(void)
{
	float sum = 0;

	for (int i = 0; i < 4096; i++)
		values[i] = (float)(i % 13);
	for (int i = 0; i < 4096; i++)
		sums[i] = values[i] * 2 + 1;
	leave("p");
	for (int i = 0; i < 4096; i++)
		sum += sums[i];
	return sum;
}

/* fxsave from the xmm registers on; the first bytes hold the last x87 instruction's place */
static int same_vectors(void)
{
	for (int i = 160; i < 416; i++)
		if (before[i] != after[i])
			return 0;
	return 1;
}

static void vectors_fill(void)
{
	static unsigned char pattern[16];

	for (int i = 0; i < 16; i++)
		pattern[i] = (unsigned char)(i * 17 + 1);
	__asm__ volatile(
		"movups %0, %%xmm0\n\tmovups %0, %%xmm1\n\tmovups %0, %%xmm7\n\tmovups %0, %%xmm8\n\t"
		"movups %0, %%xmm15\n\tpaddb %%xmm0, %%xmm7\n\tpaddb %%xmm7, %%xmm15"
		: : "m"(pattern) : "xmm0", "xmm1", "xmm7", "xmm8", "xmm15");
}

int solo5_app_main(const struct solo5_start_info *info)
{
	uint64_t kept[2] = {0x123456789abcdef0, 0x0fedcba987654321}, got[2];
	uint32_t mxcsr, stack;
	uint16_t control;
	const char *text = "s";

	/* System V ABI, x86-64: 3.2.3, initial state */
	__asm__ volatile("fnstcw %0" : "=m"(control));
	if (control != 0x37f)
		return 1;
	__asm__ volatile("stmxcsr %0" : "=m"(mxcsr));
	if ((mxcsr & ~0x3fu) != 0x1f80)
		return 2;
	stack = (uint32_t)((uintptr_t)__builtin_frame_address(0) % 16);
	if (stack)
		return 3;

	vectors_fill();
	__asm__ volatile("fxsave %0" : "=m"(before));
	/* a console write with no compiled code between that could use vector registers */
	__asm__ volatile(
		"mov %2, %%rbx\n\tmov %3, %%r12\n\t"
		"mov %4, %%rdi\n\tmov $1, %%esi\n\tcall *%5\n\t"
		"mov %%rbx, %0\n\tmov %%r12, %1"
		: "=m"(got[0]), "=m"(got[1])
		: "m"(kept[0]), "m"(kept[1]), "m"(text), "r"(solo5_console_write)
		: "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "memory");
	__asm__ volatile("fxsave %0" : "=m"(after));
	if (got[0] != kept[0] || got[1] != kept[1])
		return 4;
	if (*info->cmdline == 'k' && !same_vectors())
		return 5;

	/* 315 whole rounds of 0 to 12, and one value more: 2 * (315 * 78) + 4096 */
	if (products() != 2 * 315 * 78 + 4096)
		return 6;

	/* rounding modes are the application's */
	mxcsr = 0x7f80;
	__asm__ volatile("ldmxcsr %0" : : "m"(mxcsr));
	solo5_yield(0, NULL);
	__asm__ volatile("stmxcsr %0" : "=m"(mxcsr));
	if ((mxcsr & ~0x3fu) != 0x7f80)
		return 7;
	return 0;
}
