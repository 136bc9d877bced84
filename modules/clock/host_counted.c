/* SPDX-License-Identifier: ISC */
/*
 * clock/host_counted.c -- maintains the base values from which the guest computes the time
 *
 * Between two refreshes the guest extrapolates at the counter's nominal
 * frequency. Each refresh takes new base values from the host's clocks, so that
 * corrections (NTP) reach the guest. The update is atomic to the guest, which is
 * stopped in a hypercall.
 */
#include "core.h"

#include <time.h>

/* ns between refreshes; clocks are corrected by at most 500 ppm (clock_adjtime(2)), which is 5 us in this time */
enum { REFRESHES_PER_SECOND = 100 };

static uint64_t next_refresh;   /* value of the counter */

static void clock_tie(struct clock_info *info, uint64_t counter)
{
	struct timespec wall;

	info->counter_base = counter;
	info->monotonic_base = time_now();
	clock_gettime(CLOCK_REALTIME, &wall);
	info->wall_offset = (uint64_t)wall.tv_sec * 1000000000 + (uint64_t)wall.tv_nsec - info->monotonic_base;
	next_refresh = counter + counter_frequency() / REFRESHES_PER_SECOND;
}

void clock_setup(void)
{
	struct clock_info *info = &boot_info()->clock;

	counter_start();
	info->multiplier = (uint64_t)(((unsigned __int128)1000000000 << 32) / counter_frequency());
	clock_tie(info, counter_now());
}

void clock_refresh(void)
{
	uint64_t counter = counter_now();

	if ((int64_t)(counter - next_refresh) >= 0)
		clock_tie(&boot_info()->clock, counter);
}
