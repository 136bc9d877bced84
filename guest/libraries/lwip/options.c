/* SPDX-License-Identifier: ISC */
/*
 * options.c -- ends TCP's options where the last one is cut
 *
 * An option begins with its kind and, but for two kinds, its length. Where a kind is the last byte of a header,
 * lwIP would read the length from behind the header. Such a kind becomes the end of the options, so the
 * segment is taken without it, as on Linux.
 */
#include "hooks.h"

#include "lwip/prot/tcp.h"

enum { OPTION_END = 0, OPTION_NOTHING = 1, LENGTH_LEAST = 2 };

void uk_lwip_options_end(struct tcp_hdr *header, unsigned size, unsigned first_size, u8_t *rest)
{
	u8_t *first = (u8_t *)(header + 1);

	for (unsigned at = 0, length; at < size; at += length) {
		u8_t *kind = at < first_size ? first + at : rest + (at - first_size);

		length = 1;
		if (*kind == OPTION_NOTHING)
			continue;
		if (at + 1 == size)
			*kind = OPTION_END;
		if (*kind == OPTION_END)
			return;
		at++;
		length = at < first_size ? first[at] : rest[at - first_size];
		/* lwIP reads no further */
		if (length < LENGTH_LEAST)
			return;
		length--;
	}
}
