/* SPDX-License-Identifier: ISC */
/* sleeper.c -- sleeps for an hour */
#include <solo5.h>

int solo5_app_main(const struct solo5_start_info *info)
{
	(void)info;
	solo5_yield(solo5_clock_monotonic() + 3600ul * 1000000000, NULL);
	return 0;
}
