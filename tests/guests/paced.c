/* SPDX-License-Identifier: ISC */
/*
 * paced.c -- reads or writes the device "disk" repeatedly, and prints the time in microseconds
 *
 * Arguments: read or write; bytes per call; number of calls
 */
#include <string.h>

#include "uk.h"

static uint8_t data[1 << 20];
static const char *next;

static uint64_t number(void)
{
	uint64_t value = 0;

	next += *next == ' ';
	for (; *next >= '0' && *next <= '9'; next++)
		value = value * 10 + (uint64_t)(*next - '0');
	return value;
}

static void print(uint64_t value)
{
	char digits[24], *digit = digits + sizeof(digits) - 2;

	digit[1] = 0;
	*digit = '\n';
	do
		*--digit = (char)('0' + value % 10);
	while (value /= 10);
	solo5_console_write(digit, strlen(digit));
}

int solo5_app_main(const struct solo5_start_info *start)
{
	bool writes = start->cmdline[0] == 'w';
	struct solo5_block_info info;
	solo5_handle_t disk;
	uint64_t size, calls;
	solo5_time_t began;

	next = start->cmdline + strcspn(start->cmdline, " ");
	size = number();
	calls = number();
	if (solo5_block_acquire("disk", &disk, &info) != SOLO5_R_OK || size > sizeof(data))
		return 2;
	began = solo5_clock_monotonic();
	for (uint64_t i = 0; i < calls; i++)
		if ((writes ? uk_block_write(disk, 0, data, size) : uk_block_read(disk, 0, data, size)) != SOLO5_R_OK)
			return 3;
	print((solo5_clock_monotonic() - began) / 1000);
	return 0;
}
