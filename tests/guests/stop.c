/* SPDX-License-Identifier: ISC */
/*
 * stop.c -- is asked to stop
 *
 * Argument: sleep (in yield, and prints why it woke up), spin (never leaves the
 * guest, but checks for requests), wait (wakes up, and sleeps again), loop (never
 * checks), write (fills its console).
 */
#include <string.h>
#include <uk.h>

static void print(const char *text)
{
	solo5_console_write(text, strlen(text));
}

static int sleep_until_asked(void)
{
	solo5_handle_set_t ready;

	while (!uk_stop_requested())
		solo5_yield(UINT64_MAX, &ready);
	print(ready == UK_READY_EVENT ? "woken\n" : "woken by another\n");
	/* once */
	solo5_yield(solo5_clock_monotonic() + 1000000, &ready);
	return ready ? 1 : 7;
}

int solo5_app_main(const struct solo5_start_info *info)
{
	const char *how = info->cmdline;

	print("ready\n");
	if (!strcmp(how, "sleep"))
		return sleep_until_asked();
	while (!strcmp(how, "write"))
		print("a line that is long enough to fill a pipe before long, when many of its kind are written\n");
	while (!strcmp(how, "wait"))
		solo5_yield(UINT64_MAX, NULL);
	while (strcmp(how, "spin") || !uk_stop_requested())
		__asm__ volatile("");
	print("asked\n");
	return 8;
}
