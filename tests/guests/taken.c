/* SPDX-License-Identifier: ISC */
/*
 * taken.c -- has its monitor make one system call, and prints the result
 *
 * Arguments: the system call's number and its arguments; "data" is the address of a
 * buffer with the path of /etc/passwd. Without arguments the guest aborts.
 */
#include <string.h>

#include "solo5.h"

int64_t uk_taken(uint64_t number, const uint64_t *arguments, uint64_t count, uint8_t *data, uint64_t size);

/* decimal, or hexadecimal after 0x */
static uint64_t number_of(const char *word, size_t length)
{
	uint64_t base = 10, value = 0;

	if (length > 2 && word[1] == 'x') {
		base = 16;
		word += 2;
		length -= 2;
	}
	for (; length--; word++)
		value = value * base + (uint64_t)(*word >= 'a' ? *word - 'a' + 10 : *word - '0');
	return value;
}

int solo5_app_main(const struct solo5_start_info *start)
{
	uint8_t data[4096] = "/etc/passwd";
	uint64_t words[7] = {0}, count = 0;
	int64_t result;

	if (!*start->cmdline)
		solo5_abort();
	for (const char *word = start->cmdline; *word && count < 7; count++) {
		size_t length = 0;

		while (word[length] && word[length] != ' ')
			length++;

		words[count] = strncmp(word, "data", 4) ? number_of(word, length) : UINT64_MAX;
		word += length;
		word += *word == ' ';
	}
	result = uk_taken(words[0], words + 1, count - 1, data, sizeof(data));
	if (result < 0)
		solo5_console_write("refused\n", 8);
	else
		solo5_console_write("done\n", 5);
	return 0;
}
