/* SPDX-License-Identifier: ISC */
/*
 * input.c -- copies its standard input to the console
 *
 * Argument: sleep (waits in yield), spin (never sleeps), small (reads 3 bytes at
 * a time), deadline (wakes up every 100 ms), ignore (sleeps 300 ms without ever
 * reading), peek (checks for input, then reads).
 */
#include <string.h>
#include <uk.h>

static void print(const char *text)
{
	solo5_console_write(text, strlen(text));
}

/* yields until there is input; in a spin never with a deadline to come */
static void wait_for_input(bool spin, bool deadline)
{
	solo5_handle_set_t ready;

	do {
		solo5_yield(spin ? 0 : deadline ? solo5_clock_monotonic() + 100000000 : UINT64_MAX, &ready);
		if (deadline && !ready)
			print("tick\n");
	} while (!(ready & UK_READY_EVENT));
	/* told once */
	solo5_yield(0, &ready);
	if (ready & UK_READY_EVENT)
		print("told twice\n");
}

static int copy(size_t most, bool spin, bool deadline, bool peek)
{
	char text[256];
	size_t size;

	for (;;) {
		while (peek && uk_console_read(NULL, 0, &size) == SOLO5_R_AGAIN)
			wait_for_input(spin, deadline);
		if (uk_console_read(text, most, &size) == SOLO5_R_AGAIN) {
			wait_for_input(spin, deadline);
			continue;
		}
		if (!size)
			break;
		print("[");
		solo5_console_write(text, size);
		print("]\n");
	}
	print("end\n");
	/* except on a terminal, where more input may follow */
	return uk_console_read(text, most, &size) == SOLO5_R_OK && size;
}

int solo5_app_main(const struct solo5_start_info *info)
{
	const char *how = info->cmdline;
	solo5_time_t start = solo5_clock_monotonic();

	if (!strcmp(how, "ignore")) {
		solo5_yield(start + 300000000, NULL);
		return solo5_clock_monotonic() < start + 300000000;
	}
	print("ready\n");
	return copy(strcmp(how, "small") ? 256 : 3, !strcmp(how, "spin"), !strcmp(how, "deadline"), !strcmp(how, "peek"));
}
