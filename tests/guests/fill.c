/* SPDX-License-Identifier: ISC */
/* fill.c -- writes to its whole heap, prints that, and sleeps until it is asked to stop */
#include <solo5.h>
#include <uk.h>

static void say(const char *text)
{
	const char *end = text;

	while (*end)
		end++;
	solo5_console_write(text, (size_t)(end - text));
}

int solo5_app_main(const struct solo5_start_info *info)
{
	for (uintptr_t at = info->heap_start; at < info->heap_start + info->heap_size; at += 4096)
		*(volatile char *)at = 1;
	say("all written\n");
	while (!uk_stop_requested())
		solo5_yield(solo5_clock_monotonic() + 1000000000, NULL);
	say("stopped\n");
	return 7;
}
