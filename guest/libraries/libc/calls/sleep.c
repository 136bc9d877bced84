/* SPDX-License-Identifier: ISC */
/* sleep.c -- waits for a time; nothing interrupts it, since signals come only from the program itself */
#include <errno.h>
#include <solo5.h>

#include "clock.h"

/* a device that has something does not end it */
static void sleep_until(uint64_t end)
{
	while (solo5_clock_monotonic() < end)
		clock_wait(end);
}

long guest_sys_nanosleep(const struct timespec *duration)
{
	uint64_t nanoseconds;

	if (!clock_nanoseconds(duration, &nanoseconds))
		return -EINVAL;
	sleep_until(solo5_clock_monotonic() + nanoseconds);
	return 0;
}

long guest_sys_clock_nanosleep(long clock, long flags, const struct timespec *time)
{
	uint64_t nanoseconds, now;

	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC && clock != CLOCK_BOOTTIME)
		return clock == CLOCK_PROCESS_CPUTIME_ID ? -EOPNOTSUPP : -EINVAL;
	if (!clock_nanoseconds(time, &nanoseconds))
		return -EINVAL;
	if (!(flags & TIMER_ABSTIME))
		return guest_sys_nanosleep(time);
	if (clock == CLOCK_REALTIME) {
		now = solo5_clock_wall();
		nanoseconds = (nanoseconds > now ? nanoseconds - now : 0) + solo5_clock_monotonic();
	}
	sleep_until(nanoseconds);
	return 0;
}

long guest_sys_sched_yield(void)
{
	return 0;
}
