/* SPDX-License-Identifier: ISC */
/* text.c -- strings */
#include "base/text.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/strings.h"

char *str_format(const char *format, ...)
{
	va_list args;
	char *string;

	va_start(args, format);
	if (vasprintf(&string, format, args) < 0)
		fatal("out of memory");
	va_end(args);
	return string;
}

char *str_copy(const char *string, size_t length)
{
	char *copy = mem_zalloc(length + 1);

	memcpy(copy, string, length);
	return copy;
}

char *str_upper(const char *string)
{
	char *upper = str_copy(string, strlen(string));

	for (char *c = upper; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return upper;
}

char *str_join(const struct strings *list, const char *separator)
{
	char *joined = str_copy("", 0);

	for (size_t i = 0; i < list->count; i++)
		joined = str_format("%s%s%s", joined, i ? separator : "", list->items[i]);
	return joined;
}

bool str_starts(const char *string, const char *prefix)
{
	return !strncmp(string, prefix, strlen(prefix));
}

bool str_ends(const char *string, const char *suffix)
{
	size_t length = strlen(string), tail = strlen(suffix);

	return length >= tail && !strcmp(string + length - tail, suffix);
}

bool str_is_identifier(const char *string)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";

	return *string && !(*string >= '0' && *string <= '9') && !string[strspn(string, letters)];
}

/* Levenshtein distance: the number of characters to insert, delete or replace */
static size_t str_distance(const char *a, const char *b)
{
	size_t width = strlen(b) + 1;
	size_t *row = mem_zalloc(width * sizeof(*row));
	size_t distance;

	for (size_t j = 0; j < width; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j < width; j++) {
			size_t best = diagonal + (tolower((unsigned char)a[i - 1]) != tolower((unsigned char)b[j - 1]));

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	distance = row[width - 1];
	free(row);
	return distance;
}

bool str_is_one_of(const char *string, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(words[i], string))
			return true;
	return false;
}

const char *str_nearest(const char *word, const struct strings *candidates)
{
	const char *nearest = NULL;
	size_t best = strlen(word) / 2 + 1;   /* half the word wrong is another word */

	for (size_t i = 0; i < candidates->count; i++) {
		size_t distance = str_distance(word, candidates->items[i]);

		if (distance < best) {
			best = distance;
			nearest = candidates->items[i];
		}
	}
	return nearest;
}

bool str_has_control(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return true;
	return false;
}

bool str_size(const char *text, uint64_t *bytes)
{
	size_t digits = strspn(text, "0123456789");
	const char *units = "KMGT", *unit;
	unsigned shift;

	if (!digits || !text[digits] || text[digits + 1])
		return false;
	unit = strchr(units, text[digits]);
	if (!unit)
		return false;
	shift = 10 * (unsigned)(unit - units + 1);
	*bytes = strtoull(text, NULL, 10);
	*bytes = *bytes > UINT64_MAX >> shift ? UINT64_MAX : *bytes << shift;
	return true;
}
