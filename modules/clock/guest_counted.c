/* SPDX-License-Identifier: ISC */
/* clock/guest_counted.c -- solo5.h's clocks, computed without leaving the guest */
#include "guest.h"

/* after a refresh the computed time may be slightly before the one returned last */
static solo5_time_t latest;

/* the counter's value at monotonic_base, and its frequency as the monitor gives it */
static uint64_t base, told;

solo5_time_t solo5_clock_monotonic(void)
{
	const volatile struct clock_info *info = &boot_info->clock;
	uint64_t counter = counter_read();
	solo5_time_t now;

	if (info->counter_base != told)
		base = told = info->counter_base;
	/* a host that considers its TSC unstable lets the guest's fall behind (linux/arch/x86/kvm/x86.c: tsc_catchup) */
	if ((int64_t)(counter - base) < 0)
		base = counter;
	now = info->monotonic_base + (uint64_t)(((unsigned __int128)(counter - base) * info->multiplier) >> 32);
	if (now > latest)
		latest = now;
	return latest;
}

solo5_time_t solo5_clock_wall(void)
{
	return solo5_clock_monotonic() + boot_info->clock.wall_offset;
}
