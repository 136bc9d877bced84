/* SPDX-License-Identifier: ISC */
/* clock.c -- prints how many picoseconds a reading of the guest's clock takes */
#include <solo5.h>

enum { READINGS = 20000000 };

static void print_number(uint64_t number)
{
	char text[21], *at = text + sizeof(text);

	*--at = '\n';
	do {
		*--at = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	solo5_console_write(at, (size_t)(text + sizeof(text) - at));
}

int solo5_app_main(const struct solo5_start_info *info)
{
	solo5_time_t began = solo5_clock_monotonic();

	(void)info;
	for (unsigned i = 1; i < READINGS; i++)
		solo5_clock_monotonic();
	print_number((solo5_clock_monotonic() - began) * 1000 / READINGS);
	return 0;
}
