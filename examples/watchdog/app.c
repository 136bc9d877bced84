/* SPDX-License-Identifier: ISC */
/* app.c -- feeds the watchdog while it works; with the argument "hang" it then stops working */
#include <solo5.h>
#include <string.h>

#include "modules/watchdog/watchdog.h"

int solo5_app_main(const struct solo5_start_info *info)
{
	static const char text[] = "working\n";

	for (unsigned i = 0; i < 3; i++) {
		solo5_console_write(text, strlen(text));
		solo5_yield(solo5_clock_monotonic() + 50000000, NULL);
		watchdog_feed();
	}
	while (!strcmp(info->cmdline, "hang"))
		;
	return SOLO5_EXIT_SUCCESS;
}
