/* SPDX-License-Identifier: ISC */
/* arch.h -- what the core needs to know of x86-64 */
#ifndef ARCH_H
#define ARCH_H

#include <stddef.h>
#include <stdint.h>

#include "machine/x86_64/layout.h"

#define ARCH_PAGING     paging_x86_64
#define ARCH_VDSO_CLOCK "__vdso_clock_gettime"

/* bytes of the instruction that makes a system call */
#define ARCH_SYSTEM_CALL_SIZE 2

/* the counter as the monitor reads it */
static inline uint64_t arch_counter(void)
{
	return __builtin_ia32_rdtsc();
}

static inline void arch_pause(void)
{
	__builtin_ia32_pause();
}

/* Linux checks no landing pads in user mode. */
static inline void arch_text_guard(void *text, size_t size)
{
	(void)text;
	(void)size;
}

#endif
