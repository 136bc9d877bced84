/* SPDX-License-Identifier: ISC */
/* clock/guest_direct.c -- solo5.h's clocks, from the host's */
#include "guest.h"

solo5_time_t solo5_clock_monotonic(void)
{
	return counter_read() - boot_info->clock.origin;
}

solo5_time_t solo5_clock_wall(void)
{
	return host_time_read(HOST_TIME_REALTIME);
}
