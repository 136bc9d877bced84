/* SPDX-License-Identifier: ISC */
/* clock.h -- time, as the calls that tell it and wait for it share it */
#ifndef GUEST_CLOCK_H
#define GUEST_CLOCK_H

#include <stdint.h>
#include <time.h>

#include "names.h"

#include "interrupt.h"

enum { SECOND = 1000000000 };

/* later than any time */
#define CLOCK_NEVER UINT64_MAX

/*
 * Sleeps until a monotonic time, or until a device has something, or until a signal comes
 * from outside; what that is for the call that waits. This is no time in which the program ran.
 */
int clock_wait(uint64_t end);

/* makes progress with what is waited for, without waiting; the same */
int clock_look(void);

/* how that is done: a library with devices of its own, once it has started, waits for those, too; with end 0 it only looks */
extern void (*guest_clock_waiter)(uint64_t end);

static inline struct timespec clock_timespec(uint64_t nanoseconds)
{
	return (struct timespec){.tv_sec = (time_t)(nanoseconds / SECOND), .tv_nsec = (long)(nanoseconds % SECOND)};
}

/* false for what is no duration; one too long to count becomes the longest that isn't */
static inline int clock_nanoseconds(const struct timespec *time, uint64_t *nanoseconds)
{
	if (time->tv_sec < 0 || time->tv_nsec < 0 || time->tv_nsec >= SECOND)
		return 0;
	*nanoseconds = time->tv_sec >= INT64_MAX / SECOND - 1 ? INT64_MAX / 2 :
		(uint64_t)time->tv_sec * SECOND + (uint64_t)time->tv_nsec;
	return 1;
}

/* the time that the program has run, from the first time that this was asked */
uint64_t clock_running(void);

#endif
