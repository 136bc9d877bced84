/* SPDX-License-Identifier: ISC */
/*
 * faults.c -- keeps its monitor busy in one way until something happens to it
 *
 * Argument: spin (never leaves the guest) | sleep (for an hour) | flood (writes to
 * the console without end) | work (four seconds of short sleeps, disk and console
 * calls in turns; exits normally, or prints what failed).
 */
#include <string.h>

#include "solo5.h"

static void print(const char *text)
{
	solo5_console_write(text, strlen(text));
}

static int work(void)
{
	struct solo5_block_info info;
	solo5_handle_t disk;
	uint8_t block[512];

	if (solo5_block_acquire("disk", &disk, &info))
		return 1;
	for (unsigned turn = 0; turn < 400; turn++) {
		solo5_time_t until = solo5_clock_monotonic() + 10000000;

		memset(block, (int)turn, sizeof(block));
		if (solo5_block_write(disk, 512ul * (turn % 8), block, sizeof(block)))
			print("write failed\n");
		memset(block, 255, sizeof(block));
		if (solo5_block_read(disk, 512ul * (turn % 8), block, sizeof(block)) || block[511] != (uint8_t)turn)
			print("read failed\n");
		solo5_yield(until, NULL);
		if (solo5_clock_monotonic() < until)
			print("woke early\n");
		print(".");
	}
	print("\n");
	return 0;
}

int solo5_app_main(const struct solo5_start_info *start)
{
	if (!strcmp(start->cmdline, "work"))
		return work();
	print("ready\n");
	if (!strcmp(start->cmdline, "sleep"))
		solo5_yield(solo5_clock_monotonic() + 3600000000000, NULL);
	while (!strcmp(start->cmdline, "flood"))
		print("water water water water\n");
	while (!strcmp(start->cmdline, "spin"))
		__asm__ volatile("");
	return 2;
}
