/* SPDX-License-Identifier: ISC */
/* secret.c -- traps while a secret is in every register */
#include <stdint.h>
#include <stdio.h>

#define SECRET 0x5ec2e75ec2e75ec2

/* as many as the compiler keeps in registers; the trap is a write to an address that is none */
__attribute__((noinline)) static uint64_t secret_trap(volatile uint64_t *nowhere)
{
	uint64_t a = SECRET, b = SECRET, c = SECRET, d = SECRET, e = SECRET, f = SECRET;

	__asm__ volatile("" : "+r"(a), "+r"(b), "+r"(c), "+r"(d), "+r"(e), "+r"(f));
	*nowhere = 1;
	__asm__ volatile("" : "+r"(a), "+r"(b), "+r"(c), "+r"(d), "+r"(e), "+r"(f));
	return a + b + c + d + e + f;
}

int main(int count, char **words)
{
	(void)words;
	return printf("%lu\n", secret_trap((volatile uint64_t *)(uintptr_t)(count & 8)));
}
