/* SPDX-License-Identifier: ISC */
/* clock/guest.c -- solo5.h's clocks, computed without leaving the guest */
#include "guest.h"

/* a refresh may tie the clock to a time just before the one last told */
static solo5_time_t latest;

solo5_time_t solo5_clock_monotonic(void)
{
	const volatile struct clock_info *info = &boot_info->clock;
	uint64_t counts = counter_read() - info->counter_base;
	solo5_time_t now = info->monotonic_base +
		(uint64_t)(((unsigned __int128)counts * info->multiplier) >> 32);

	if (now > latest)
		latest = now;
	return latest;
}

solo5_time_t solo5_clock_wall(void)
{
	return solo5_clock_monotonic() + boot_info->clock.wall_offset;
}
