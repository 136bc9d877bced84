/* SPDX-License-Identifier: ISC */
/* arch.h -- what the core needs to know of x86-64 */
#ifndef ARCH_H
#define ARCH_H

#include <stdint.h>

#define ARCH_PAGING     paging_x86_64

/* the counter as the monitor reads it */
static inline uint64_t arch_counter(void)
{
	return __builtin_ia32_rdtsc();
}

static inline void arch_pause(void)
{
	__builtin_ia32_pause();
}

#endif
