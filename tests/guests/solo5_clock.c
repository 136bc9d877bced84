/* SPDX-License-Identifier: ISC */
/*
 * solo5_clock.c -- ends when a second has passed on its clock, which must never go backwards
 *
 * Exit status 0 if all holds, else the number of the check.
 */
#include "solo5.h"

enum { SECOND = 1000000000 };

/* how far the clock is corrected by a call, after a tenth of a second without one; the call's own time is in it */
static solo5_time_t jump(void)
{
	solo5_time_t start, before;

	solo5_console_write("", 0);
	start = solo5_clock_monotonic();
	do
		before = solo5_clock_monotonic();
	while (before - start < SECOND / 10);
	solo5_console_write("", 0);
	return solo5_clock_monotonic() - before;
}

int solo5_app_main(const struct solo5_start_info *info)
{
	solo5_time_t start, end, wall, latest;

	(void)info;
	start = latest = solo5_clock_monotonic();
	wall = solo5_clock_wall();
	/* half of it busy, half asleep */
	do {
		end = solo5_clock_monotonic();
		if (end < latest)
			return 1;
		latest = end;
	} while (end - start < SECOND / 2);
	solo5_yield(start + SECOND, NULL);
	end = solo5_clock_monotonic();
	if (end < start + SECOND)
		return 2;
	/* both clocks count the same seconds, unless someone sets the host's */
	wall = solo5_clock_wall() - wall;
	end = solo5_clock_monotonic() - start;
	if (wall + SECOND / 50 < end || wall > end + SECOND / 50)
		return 3;
	/* what the guest reckons between two calls is what the host's clock says at the second: once in some tries */
	for (int try = 0; jump() > SECOND / 50; try++)
		if (try == 20)
			return 5;
	/* a deadline in the past only polls */
	start = solo5_clock_monotonic();
	solo5_yield(0, NULL);
	solo5_yield(start - 1, NULL);
	return solo5_clock_monotonic() - start > SECOND / 2 ? 4 : 0;
}
