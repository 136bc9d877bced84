/* SPDX-License-Identifier: ISC */
/* note.c -- the ELF notes in a section's or segment's bytes */
#include "input/note.h"

#include <string.h>

enum { HEADER = 12 };           /* sizes of owner and descriptor, type; owner and descriptor are padded to words */

uint32_t note_word(const uint8_t *at)
{
	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static size_t padded(size_t size)
{
	return (size + 3) & ~(size_t)3;
}

bool note_next(const uint8_t *bytes, size_t size, size_t *at, const char *owner, uint32_t type, struct note *note)
{
	while (size - *at >= HEADER) {
		const uint8_t *header = bytes + *at;
		size_t left = size - *at - HEADER, name = note_word(header), descriptor = note_word(header + 4);
		bool wanted = name == strlen(owner) + 1 && note_word(header + 8) == type;

		if (padded(name) > left || descriptor > left - padded(name))
			break;
		note->bytes = header + HEADER + padded(name);
		note->size = descriptor;
		left -= padded(name);
		/* the last note's padding may be left out */
		*at = size - left + (padded(descriptor) < left ? padded(descriptor) : left);
		if (wanted && !memcmp(header + HEADER, owner, name))
			return true;
	}
	*at = size;
	return false;
}
