/* SPDX-License-Identifier: ISC */
/* time.c -- the guest's monotonic clock: nanoseconds since it started */
#include <time.h>

#include "arch.h"
#include "monitor.h"

static uint64_t origin;                 /* CLOCK_MONOTONIC at start, ns */

uint64_t clock_read(int which)
{
	/* not zeroed before it is written: this runs at every exit */
	__attribute__((uninitialized)) struct timespec now;

	clock_gettime(which, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void time_start(void)
{
	if (origin)
		return;
	vdso_start();
	origin = clock_read(CLOCK_MONOTONIC);
}

uint64_t time_now(void)
{
	return clock_read(CLOCK_MONOTONIC) - origin;
}

void spin_pause(void)
{
	arch_pause();
}
