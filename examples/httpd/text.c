/* SPDX-License-Identifier: ISC */
/* text.c -- builds text in a buffer */
#include "text.h"

#include <string.h>

static void text_copy(struct text *text, const char *from, size_t length)
{
	size_t room = (size_t)(text->end - text->at);

	if (length > room)
		length = room;
	memcpy(text->at, from, length);
	text->at += length;
}

void text_add(struct text *text, const char *string)
{
	text_copy(text, string, strlen(string));
}

void text_number(struct text *text, uint64_t number, unsigned digits)
{
	char buffer[20], *end = buffer + sizeof(buffer), *at = end;

	do {
		*--at = (char)('0' + number % 10);
		number /= 10;
	} while (number || at > end - digits);
	text_copy(text, at, (size_t)(end - at));
}

/* the civil date of a day since 1970-01-01, in the Gregorian calendar: years counted from March, so leap days come last */
static void date_of(uint64_t days, unsigned *year, unsigned *month, unsigned *day)
{
	/* 719468 days from March 1st of year 0; 146097 days in 400 years */
	uint64_t since = days + 719468;
	unsigned of_era = (unsigned)(since % 146097);
	unsigned year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	unsigned of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	unsigned from_march = (5 * of_year + 2) / 153;

	*day = of_year - (153 * from_march + 2) / 5 + 1;
	*month = from_march < 10 ? from_march + 3 : from_march - 9;
	*year = year_of_era + (unsigned)(since / 146097) * 400 + (*month <= 2);
}

static void date_format(struct text *text, uint64_t seconds)
{
	static const char weekdays[][4] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
	static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	uint64_t of_day = seconds % 86400;
	unsigned year, month, day;

	date_of(seconds / 86400, &year, &month, &day);
	text_add(text, weekdays[seconds / 86400 % 7]);
	text_add(text, ", ");
	text_number(text, day, 2);
	text_add(text, " ");
	text_add(text, months[month - 1]);
	text_add(text, " ");
	text_number(text, year, 4);
	text_add(text, " ");
	text_number(text, of_day / 3600, 2);
	text_add(text, ":");
	text_number(text, of_day / 60 % 60, 2);
	text_add(text, ":");
	text_number(text, of_day % 60, 2);
	text_add(text, " GMT");
}

void text_date(struct text *text, uint64_t seconds)
{
	/* the second's text is kept: a busy server needs it thousands of times */
	static char buffer[32];
	static size_t length;
	static uint64_t of;

	if (!length || of != seconds) {
		struct text date = {buffer, buffer + sizeof(buffer)};

		date_format(&date, seconds);
		length = (size_t)(date.at - buffer);
		of = seconds;
	}
	text_copy(text, buffer, length);
}
