/* SPDX-License-Identifier: ISC */
/* clock/host_direct.c -- tells a guest that reads the host's clocks when its own monotonic time began */
#include "core.h"

void clock_setup(void)
{
	uint64_t now;

	counter_start();
	/* in this order the guest's time is never before the monitor's, so that no yield ends before its deadline */
	now = counter_now();
	boot_info()->clock.origin = now - time_now();
}
