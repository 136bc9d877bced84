/* SPDX-License-Identifier: ISC */
/* names.c -- what registries, clusters and units call an application */
#include "deploy/names.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"

static bool is_alphanumeric(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

char *name_lower(const char *name, const char *between)
{
	char *lower = str_copy(name, strlen(name)), *to = lower;
	bool separated = true;  /* nothing, or a separator, comes before */

	for (const char *from = name; *from; from++) {
		if (is_alphanumeric(*from))
			*to++ = (char)tolower((unsigned char)*from);
		else if (!separated)
			*to++ = strchr(between, *from) ? *from : '-';
		separated = !is_alphanumeric(*from);
	}
	if (to > lower && separated)
		to--;
	*to = 0;
	return lower;
}
