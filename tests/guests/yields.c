/* SPDX-License-Identifier: ISC */
/*
 * yields.c -- yields for 100 ms repeatedly, takes all frames, and prints the time of the longest yield
 *
 * Ends when it is asked to stop.
 */
#include <string.h>

#include "solo5.h"
#include "uk.h"

static void say(const char *text)
{
	solo5_console_write(text, strlen(text));
}

int solo5_app_main(const struct solo5_start_info *info)
{
	solo5_time_t now, longest = 0;
	char line[] = "longest yield 00000 ms\n";
	struct solo5_net_info net;
	solo5_handle_t handle;
	const uint8_t *frame;
	size_t size;

	(void)info;
	if (solo5_net_acquire("service", &handle, &net) != SOLO5_R_OK)
		return 2;
	say("ready\n");
	now = solo5_clock_monotonic();
	while (!uk_stop_requested()) {
		solo5_time_t before = now;

		solo5_yield(before + 100000000, NULL);
		now = solo5_clock_monotonic();
		if (now - before > longest)
			longest = now - before;
		while (uk_net_take(handle, &frame, &size) == SOLO5_R_OK)
			uk_net_release(handle, frame);
	}
	longest /= 1000000;
	for (unsigned i = 18; i > 13; i--, longest /= 10)
		line[i] = (char)('0' + longest % 10);
	say(line);
	return 0;
}
