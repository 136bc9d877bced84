/* SPDX-License-Identifier: ISC */
/*
 * string.c -- string functions that musl's libc.a has only with stack protection
 *
 * Debian's musl for x86-64 reads the guard through the thread pointer, which a
 * guest need not have set. Functions without arrays on the stack are not protected,
 * so the other mem* and str* functions come from there.
 */
#include <string.h>

size_t strspn(const char *string, const char *set)
{
	size_t length = 0;

	while (string[length] && strchr(set, string[length]))
		length++;
	return length;
}

size_t strcspn(const char *string, const char *set)
{
	size_t length = 0;

	while (string[length] && !strchr(set, string[length]))
		length++;
	return length;
}

char *strstr(const char *string, const char *part)
{
	size_t length = strlen(part);

	for (; strncmp(string, part, length); string++)
		if (!*string)
			return NULL;
	return (char *)string;
}
