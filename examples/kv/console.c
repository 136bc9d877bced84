/* SPDX-License-Identifier: ISC */
/* console.c -- text for the user: one hypercall per line */
#include "console.h"

#include <solo5.h>
#include <string.h>

static char line[4096];
static size_t used;

static void flush(void)
{
	solo5_console_write(line, used);
	used = 0;
}

void print_bytes(const char *bytes, size_t length)
{
	while (length) {
		size_t part = sizeof(line) - used;

		if (part > length)
			part = length;
		memcpy(line + used, bytes, part);
		used += part;
		bytes += part;
		length -= part;
		if (used == sizeof(line) || line[used - 1] == '\n')
			flush();
	}
}

void print(const char *text)
{
	print_bytes(text, strlen(text));
}

void print_number(uint64_t number)
{
	char digits[20], *at = digits + sizeof(digits);

	do
		*--at = (char)('0' + number % 10);
	while (number /= 10);
	print_bytes(at, (size_t)(digits + sizeof(digits) - at));
}

_Noreturn void fail(const char *text, const char *subject)
{
	print("kv: ");
	print(text);
	if (subject) {
		print(" \"");
		print(subject);
		print("\"");
	}
	print("\n");
	solo5_exit(1);
}
