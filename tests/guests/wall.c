/* SPDX-License-Identifier: ISC */
/* wall.c -- prints the wall clock in seconds at its start and half a second later */
#include <solo5.h>

static void print_number(uint64_t number)
{
	char digits[24], *at = digits + sizeof(digits);

	*--at = '\n';
	do
		*--at = (char)('0' + number % 10);
	while (number /= 10);
	solo5_console_write(at, (size_t)(digits + sizeof(digits) - at));
}

int solo5_app_main(const struct solo5_start_info *info)
{
	(void)info;
	print_number(solo5_clock_wall() / 1000000000);
	solo5_yield(solo5_clock_monotonic() + 500000000, NULL);
	print_number(solo5_clock_wall() / 1000000000);
	return 7;
}
