/* SPDX-License-Identifier: ISC */
/* clock.c -- tells the time */
#include <errno.h>
#include <solo5.h>
#include <sys/time.h>

#include "clock.h"
#include "mount.h"
#include "signals_outside.h"

extern hidden weak __typeof(mounts_wait) mounts_wait;

static uint64_t slept;          /* nanoseconds */

static void wait(uint64_t end)
{
	solo5_yield(end, NULL);
}

void (*guest_clock_waiter)(uint64_t end) = wait;

int clock_wait(uint64_t end)
{
	uint64_t begin = solo5_clock_monotonic();

	if (guest_timer_next && guest_timer_next() < end)
		end = guest_timer_next();
	guest_clock_waiter(&mounts_wait ? mounts_wait(end) : end);
	slept += solo5_clock_monotonic() - begin;
	return signals_look();
}

int clock_look(void)
{
	if (guest_clock_waiter != wait)
		guest_clock_waiter(0);
	return signals_look();
}

uint64_t clock_running(void)
{
	static uint64_t start;
	uint64_t now = solo5_clock_monotonic() - slept;

	if (!start)
		start = now;
	return now - start;
}

long guest_sys_clock_gettime(long clock, struct timespec *time)
{
	signals_look();
	switch (clock) {
	case CLOCK_REALTIME:
	case CLOCK_REALTIME_COARSE:
		*time = clock_timespec(solo5_clock_wall());
		return 0;
	case CLOCK_MONOTONIC:
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_MONOTONIC_COARSE:
	case CLOCK_BOOTTIME:
		*time = clock_timespec(solo5_clock_monotonic());
		return 0;
	case CLOCK_PROCESS_CPUTIME_ID:
	case CLOCK_THREAD_CPUTIME_ID:
		*time = clock_timespec(clock_running());
		return 0;
	}
	return -EINVAL;
}

long guest_sys_clock_getres(long clock, struct timespec *resolution)
{
	struct timespec time;
	long error = guest_sys_clock_gettime(clock, &time);

	if (!error && resolution)
		*resolution = (struct timespec){.tv_nsec = 1};
	return error;
}

long guest_sys_gettimeofday(struct timeval *time)
{
	uint64_t now = solo5_clock_wall();

	signals_look();
	*time = (struct timeval){.tv_sec = (time_t)(now / SECOND), .tv_usec = (suseconds_t)(now % SECOND / 1000)};
	return 0;
}
