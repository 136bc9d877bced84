/* SPDX-License-Identifier: ISC */
/* counter.h -- reads the time-stamp counter, in program order */
#ifndef COUNTER_H
#define COUNTER_H

#include <stdint.h>

static inline uint64_t counter_read(void)
{
	uint32_t low, high;

	__asm__ volatile("lfence\n\trdtsc" : "=a"(low), "=d"(high) : : "memory");
	return (uint64_t)high << 32 | low;
}

#endif
