/* SPDX-License-Identifier: ISC */
/*
 * counter.h -- the host's clocks, which a guest in a process reads; its counter is CLOCK_MONOTONIC, in nanoseconds
 *
 * Only the kernel's vDSO knows the frequency of the processor's counter. The guest
 * calls its function directly.
 */
#ifndef COUNTER_H
#define COUNTER_H

#include <stdint.h>

/* Linux's numbers */
enum host_time { HOST_TIME_REALTIME, HOST_TIME_MONOTONIC };

static inline uint64_t host_time_read(enum host_time which)
{
	/* as struct timespec */
	struct {
		int64_t seconds, nanoseconds;
	} now;

	((int (*)(int, void *))boot_info->core.clock_function)((int)which, &now);
	return (uint64_t)now.seconds * 1000000000 + (uint64_t)now.nanoseconds;
}

static inline uint64_t counter_read(void)
{
	return host_time_read(HOST_TIME_MONOTONIC);
}

#endif
