/* SPDX-License-Identifier: ISC */
/* watchdog/host.c -- a thread that checks whether the guest still counts */
#include <poll.h>

#include "core.h"

static const uint64_t *fed;     /* in guest memory: may change at any time, to anything */
static uint64_t limit = 1000;   /* ms */

void option_watchdog(unsigned device, const char *value)
{
	(void)device;
	limit = number_parse("watchdog", value, 0, 3600000);
}

/* it takes between one and two times the limit */
static void watch(void)
{
	const struct timespec pause = {.tv_sec = (time_t)(limit / 1000), .tv_nsec = (long)(limit % 1000 * 1000000)};
	uint64_t seen = 0, now;

	for (; limit; seen = now) {
		ppoll(NULL, 0, &pause, NULL);
		now = __atomic_load_n(fed, __ATOMIC_RELAXED);
		if (now == seen)
			thread_guest_end("the watchdog was not fed for %lu ms", limit);
	}
}

void watchdog_setup(void)
{
	fed = shared_memory(&shared_watchdog_fed, sizeof(*fed));
	if (fed)
		thread_start(watch, &watchdog_filter);
}
