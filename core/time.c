/* SPDX-License-Identifier: ISC */
/* time.c -- the guest's monotonic clock: nanoseconds since it started */
#include <time.h>

#include "arch.h"
#include "monitor.h"

static uint64_t origin;                 /* CLOCK_MONOTONIC at start, ns */

static uint64_t monotonic(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void time_start(void)
{
	origin = monotonic();
}

uint64_t time_now(void)
{
	return monotonic() - origin;
}

void spin_pause(void)
{
	arch_pause();
}
