/* SPDX-License-Identifier: ISC */
/* ranges.c -- reads what a peer says that it has beyond what it acknowledges (RFC 2018) */
#include "ranges.h"

#include <stdbool.h>

#include "options.h"

enum { OPTION_HAS = 5, RANGE_SIZE = 8 };

static u32_t number_read(const u8_t *at)
{
	return (u32_t)at[0] << 24 | (u32_t)at[1] << 16 | (u32_t)at[2] << 8 | at[3];
}

static void range_insert(struct ranges *ranges, u32_t begin, u32_t end)
{
	unsigned at = ranges->count++;

	for (; at && TCP_SEQ_LT(begin, ranges->begins[at - 1]); at--) {
		ranges->begins[at] = ranges->begins[at - 1];
		ranges->ends[at] = ranges->ends[at - 1];
	}
	ranges->begins[at] = begin;
	ranges->ends[at] = end;
	ranges->sum += end - begin;
}

/* what isn't on its way is of no use, and what was named already would count twice */
static void option_read(struct ranges *ranges, const struct tcp_pcb *pcb, u32_t ackno, const u8_t *at, unsigned size)
{
	for (; size >= RANGE_SIZE && ranges->count < RANGES; at += RANGE_SIZE, size -= RANGE_SIZE) {
		u32_t begin = number_read(at), end = number_read(at + 4);
		bool is_good = TCP_SEQ_GT(begin, ackno) && TCP_SEQ_GT(end, begin) && TCP_SEQ_LEQ(end, pcb->snd_nxt);

		for (unsigned i = 0; i < ranges->count; i++)
			is_good = is_good && (TCP_SEQ_GT(begin, ranges->ends[i]) || TCP_SEQ_LT(end, ranges->begins[i]));
		if (is_good)
			range_insert(ranges, begin, end);
	}
}

void ranges_read(struct ranges *ranges, const struct tcp_pcb *pcb, const struct tcp_hdr *header, unsigned options_size)
{
	struct options options = {(const u8_t *)(header + 1), options_size};
	const u8_t *option;

	*ranges = (struct ranges){0};
	while ((option = options_next(&options)))
		if (*option == OPTION_HAS) {
			option_read(ranges, pcb, header->ackno, option + 2, option[1] - 2u);
			return;
		}
}
