/* SPDX-License-Identifier: ISC */
/* sleep.c -- waits for a time, or for the handler of a signal from outside */
#include <errno.h>
#include <solo5.h>

#include "clock.h"
#include "signals_outside.h"

/*
 * A device's event does not end it; a handler does, whatever its flags. One that ran
 * at the start of this call counts, since its signal came earlier.
 */
static long sleep_until(uint64_t end)
{
	int signal = signals_look();

	while (signal == SIGNALS_NONE && solo5_clock_monotonic() < end)
		signal = clock_wait(end);
	return signal == SIGNALS_NONE ? 0 : -EINTR;
}

long guest_sys_nanosleep(const struct timespec *duration, struct timespec *left)
{
	uint64_t nanoseconds, end, now;
	long error;

	if (!clock_nanoseconds(duration, &nanoseconds))
		return -EINVAL;
	end = solo5_clock_monotonic() + nanoseconds;
	error = sleep_until(end);
	now = solo5_clock_monotonic();
	if (error && left)
		*left = clock_timespec(end > now ? end - now : 0);
	return error;
}

long guest_sys_clock_nanosleep(long clock, long flags, const struct timespec *time, struct timespec *left)
{
	uint64_t nanoseconds, now;

	if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC && clock != CLOCK_BOOTTIME)
		return clock == CLOCK_PROCESS_CPUTIME_ID ? -EOPNOTSUPP : -EINVAL;
	if (!clock_nanoseconds(time, &nanoseconds))
		return -EINVAL;
	if (!(flags & TIMER_ABSTIME))
		return guest_sys_nanosleep(time, left);
	if (clock == CLOCK_REALTIME) {
		now = solo5_clock_wall();
		nanoseconds = (nanoseconds > now ? nanoseconds - now : 0) + solo5_clock_monotonic();
	}
	return sleep_until(nanoseconds);
}

long guest_sys_sched_yield(void)
{
	return 0;
}
