/* SPDX-License-Identifier: ISC */
/*
 * counter.h -- the counter of a guest in a process: CLOCK_MONOTONIC, in nanoseconds
 *
 * Only the kernel's vDSO knows the frequency of the processor's counter. The guest
 * calls its function directly.
 */
#ifndef COUNTER_H
#define COUNTER_H

#include <stdint.h>

static inline uint64_t counter_read(void)
{
	enum { MONOTONIC = 1 };
	/* as struct timespec */
	struct {
		int64_t seconds, nanoseconds;
	} now;

	((int (*)(int, void *))boot_info->core.clock_function)(MONOTONIC, &now);
	return (uint64_t)now.seconds * 1000000000 + (uint64_t)now.nanoseconds;
}

#endif
