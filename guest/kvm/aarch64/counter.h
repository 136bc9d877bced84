/* SPDX-License-Identifier: ISC */
/* counter.h -- reads the virtual counter, in program order */
#ifndef COUNTER_H
#define COUNTER_H

#include <stdint.h>

static inline uint64_t counter_read(void)
{
	uint64_t count;

	__asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(count) : : "memory");
	return count;
}

#endif
