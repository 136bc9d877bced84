/* SPDX-License-Identifier: ISC */
/* printable.c -- makes untrusted text safe for a terminal */
#include "base/printable.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* the length of the UTF-8 character at text, and its number; 0 if there is none: too long, too large, a surrogate, cut off */
static size_t character_read(const unsigned char *text, uint32_t *number)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t length = *text < 0x80 ? 1 : *text < 0xc0 ? 0 : *text < 0xe0 ? 2 : *text < 0xf0 ? 3 : *text < 0xf8 ? 4 : 0;

	*number = length > 1 ? *text & (0x7fu >> length) : *text;
	for (size_t i = 1; i < length; i++) {
		if ((text[i] & 0xc0) != 0x80)
			return 0;
		*number = *number << 6 | (text[i] & 0x3f);
	}
	if (length && (*number < least[length] || *number > 0x10ffff || (*number >= 0xd800 && *number < 0xe000)))
		return 0;
	return length;
}

static bool is_printable(uint32_t number)
{
	/* U+200B ... U+200F and U+2028 ... U+206F: no width, ends of lines, directions; U+FEFF: no width; U+E0000: tags */
	return number >= ' ' && (number < 0x7f || number > 0x9f) && (number < 0x200b || number > 0x200f) &&
		(number < 0x2028 || number > 0x206f) && number != 0xfeff && (number < 0xe0000 || number > 0xe0fff);
}

bool text_is_utf8(const char *text)
{
	const unsigned char *from = (const unsigned char *)text;
	uint32_t number;
	size_t length;

	for (; *from; from += length) {
		length = character_read(from, &number);
		if (!length)
			return false;
	}
	return true;
}

char *printable(const char *text)
{
	const unsigned char *from = (const unsigned char *)text;
	char *copy = calloc(strlen(text) + 1, 1), *to = copy;

	/* not mem_zalloc, whose error message would come here again */
	if (!copy)
		abort();
	while (*from) {
		uint32_t number;
		size_t length = character_read(from, &number);

		if (length && (is_printable(number) || number == '\t')) {
			memcpy(to, from, length);
			to += length;
		} else {
			*to++ = '?';
		}
		from += length ? length : 1;
	}
	return copy;
}
