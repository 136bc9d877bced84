/* SPDX-License-Identifier: ISC */
/*
 * options.c -- walks through TCP's options, and hides from lwIP what it would misread in them
 *
 * An option begins with its kind and, but for two kinds, its length. Where a kind is the last byte of a header,
 * lwIP would read the length from behind the header. Such a kind becomes the end of the options, so the
 * segment is taken without it, as on Linux.
 *
 * lwIP would take the size of a segment from any packet of a connection, whatever its sequence number, and only that of
 * a handshake is bounded by the MTU: frames would get too long for the device. As RFC 9293 has it, only the first SYN of each side says it.
 */
#include "options.h"

#include "hooks.h"

#include "lwip/priv/tcp_priv.h"
#include "lwip/prot/tcp.h"

enum { OPTION_END = 0, OPTION_NOTHING = 1, OPTION_SIZE = 2, OPTION_UNKNOWN = 253, LENGTH_LEAST = 2 };

const u8_t *options_next(struct options *options)
{
	while (options->left && *options->at != OPTION_END) {
		const u8_t *option = options->at;
		bool is_padding = *option == OPTION_NOTHING;
		unsigned length = is_padding ? 1 : options->left > 1 ? option[1] : 0;

		if (length > options->left || length < (is_padding ? 1 : LENGTH_LEAST))
			return NULL;
		options->at += length;
		options->left -= length;
		if (!is_padding)
			return option;
	}
	return NULL;
}

void uk_lwip_options_hide(const struct tcp_pcb *pcb, struct tcp_hdr *header, unsigned size, unsigned first_size, u8_t *rest)
{
	bool sized = pcb->state != LISTEN && pcb->state != SYN_SENT;
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
		if (*kind == OPTION_SIZE && sized)
			*kind = OPTION_UNKNOWN;
		at++;
		length = at < first_size ? first[at] : rest[at - first_size];
		/* lwIP reads no further */
		if (length < LENGTH_LEAST)
			return;
		length--;
	}
}
