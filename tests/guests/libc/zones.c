/* SPDX-License-Identifier: ISC */
/* zones.c -- the local time in the zone of TZ, and in those of its arguments; as a process it prints the same */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void times_print(void)
{
	/* the hours around changes to and from summer time, long before the first and long after the last */
	static const time_t times[] = {-5000000000, 0, 951827696, 1711846799, 1711846800, 1729990799, 1729990800, 4102444800};
	struct tm tm = {.tm_year = 124, .tm_mon = 6, .tm_mday = 1, .tm_hour = 12, .tm_isdst = -1};
	char text[80];

	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		strftime(text, sizeof(text), "%F %T %z %Z", localtime(&times[i]));
		puts(text);
	}
	printf("%lld %ld %d %s %s\n", (long long)mktime(&tm), timezone, daylight, tzname[0], tzname[1]);
}

int main(int argc, char **argv)
{
	times_print();
	for (int i = 1; i < argc; i++) {
		setenv("TZ", argv[i], 1);
		tzset();
		times_print();
	}
	return 0;
}
