/* SPDX-License-Identifier: ISC */
/*
 * strings.c -- functions that take the place of the C library's: short loops for short strings
 *
 * As in system_calls.c, the linker finds these first. The library's go word by word
 * or build tables, which takes 1.5 KB. The compiler knows what these functions do, too:
 * it must not find one of them in its own loop. tests/e2e/monitor.bats looks.
 */
#include <string.h>

void *memset(void *memory, int value, size_t size)
{
	for (unsigned char *at = memory; size--; at++) {
		*at = (unsigned char)value;
		/* or the compiler would call memset instead of the loop */
		__asm__ volatile("" : "+r"(at));
	}
	return memory;
}

size_t strlen(const char *text)
{
	const char *end = text;

	while (*end)
		end++;
	return (size_t)(end - text);
}

int strcmp(const char *one, const char *other)
{
	for (; *one == *other && *one; one++)
		other++;
	return (unsigned char)*one - (unsigned char)*other;
}

char *strchr(const char *text, int c)
{
	for (; *text != (char)c; text++)
		if (!*text)
			return NULL;
	return (char *)text;
}

char *strrchr(const char *text, int c)
{
	const char *last = NULL;

	do
		if (*text == (char)c)
			last = text;
	while (*text++);
	return (char *)last;
}

size_t strcspn(const char *text, const char *set)
{
	size_t length = 0;

	while (text[length] && !strchr(set, text[length]))
		length++;
	return length;
}

char *strpbrk(const char *text, const char *set)
{
	text += strcspn(text, set);
	return *text ? (char *)text : NULL;
}

int strncmp(const char *one, const char *other, size_t length)
{
	for (; length && *one == *other && *one; length--)
		one++, other++;
	return length ? (unsigned char)*one - (unsigned char)*other : 0;
}

char *strcpy(char *restrict to, const char *restrict from)
{
	for (char *at = to; (*at = *from++); at++)
		;
	return to;
}

char *strncpy(char *restrict to, const char *restrict from, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if ((to[i] = *from))
			from++;
	return to;
}

char *strncat(char *restrict to, const char *restrict from, size_t most)
{
	char *at = to + strlen(to);

	for (; most && *from; most--)
		*at++ = *from++;
	*at = 0;
	return to;
}

char *stpcpy(char *restrict to, const char *restrict from)
{
	while ((*to = *from++))
		to++;
	return to;
}
