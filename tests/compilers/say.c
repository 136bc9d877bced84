/* SPDX-License-Identifier: ISC */
/* say.c -- prints a word and a number, with nothing of a C library */
#include "say.h"

void say(const char *word, long number)
{
	char line[80], *at = line + sizeof(line);
	unsigned long rest = number < 0 ? -(unsigned long)number : (unsigned long)number;
	size_t length = 0;

	*--at = '\n';
	do
		*--at = (char)('0' + rest % 10);
	while (rest /= 10);
	if (number < 0)
		*--at = '-';
	*--at = ' ';
	while (word[length])
		length++;
	while (length)
		*--at = word[--length];
	solo5_console_write(at, (size_t)(line + sizeof(line) - at));
}
