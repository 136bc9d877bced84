/* SPDX-License-Identifier: ISC */
/*
 * lines.c -- writes as many lines of 64 characters to its console as its argument says, one at a time, then ends with 7
 */
#include <stdint.h>
#include <string.h>

#include "solo5.h"

static uint64_t number(const char *text)
{
	uint64_t number = 0;

	for (; *text >= '0' && *text <= '9'; text++)
		number = number * 10 + (uint64_t)(*text - '0');
	return number;
}

int solo5_app_main(const struct solo5_start_info *start)
{
	uint64_t count = number(start->cmdline);
	char line[64];

	memset(line, '.', sizeof(line));
	line[sizeof(line) - 1] = '\n';
	for (uint64_t i = 0; i < count; i++) {
		uint64_t rest = i;

		for (char *digit = line + 8; digit-- > line; rest /= 10)
			*digit = (char)('0' + rest % 10);
		solo5_console_write(line, sizeof(line));
	}
	return 7;
}
