/* SPDX-License-Identifier: ISC */
/* random.c -- prints random bytes, and the stack guard, although the application defines one itself */
#include <string.h>
#include <uk.h>

enum { MANY = 70000 };          /* more than the host's generator gives in one piece that no signal can cut */

uintptr_t __stack_chk_guard = 0x1234;

static void print_hexadecimal(const void *bytes, size_t size)
{
	const unsigned char *at = bytes;
	char text[64], *to = text;

	for (size_t i = 0; i < size; i++) {
		*to++ = "0123456789abcdef"[at[i] >> 4];
		*to++ = "0123456789abcdef"[at[i] & 15];
	}
	*to++ = '\n';
	solo5_console_write(text, (size_t)(to - text));
}

/* words that are zero in a buffer filled with random bytes: none, but for one in 2^64 */
static unsigned holes(void)
{
	static uint64_t words[MANY / sizeof(uint64_t)];
	unsigned count = 0;

	uk_random(words, sizeof(words));
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		count += !words[i];
	return count;
}

int solo5_app_main(const struct solo5_start_info *info)
{
	unsigned char key[16], untouched[3] = "ab";

	(void)info;
	uk_random(untouched, 0);
	if (strcmp((char *)untouched, "ab"))
		return 1;
	uk_random(key, sizeof(key));
	print_hexadecimal(key, sizeof(key));
	print_hexadecimal(&__stack_chk_guard, sizeof(__stack_chk_guard));
	return holes() ? 2 : 0;
}
