/* SPDX-License-Identifier: ISC */
/*
 * losses.c -- finds lost segments by what the peer says that it has (RFC 2018)
 *
 * lwIP waits for three acknowledgements that bring nothing else. Where data goes both
 * ways there are none, and each loss would cost the least wait of 300 ms. Here, as RFC 6675
 * has it, a segment is lost if more than two segments behind it have come; or, as in RFC
 * 5827, all that are on their way behind it.
 */
#include "hooks.h"

#include "lwip/priv/tcp_priv.h"
#include "lwip/prot/tcp.h"

enum { OPTION_END = 0, OPTION_NOTHING = 1, OPTION_HAS = 5, RANGE_SIZE = 8 };

static u32_t number_read(const u8_t *at)
{
	return (u32_t)at[0] << 24 | (u32_t)at[1] << 16 | (u32_t)at[2] << 8 | at[3];
}

/* the bytes of the option's ranges that are on their way behind ackno */
static u32_t ranges_sum(const struct tcp_pcb *pcb, const u8_t *at, unsigned size)
{
	u32_t sum = 0;

	for (; size >= RANGE_SIZE; at += RANGE_SIZE, size -= RANGE_SIZE) {
		u32_t begin = number_read(at), end = number_read(at + 4);

		if (TCP_SEQ_GT(begin, pcb->lastack) && TCP_SEQ_GT(end, begin) && TCP_SEQ_LEQ(end, pcb->snd_nxt))
			sum += end - begin;
	}
	return sum;
}

static u32_t bytes_had(const struct tcp_pcb *pcb, const u8_t *at, unsigned size)
{
	while (size && *at != OPTION_END) {
		unsigned length = *at == OPTION_NOTHING ? 1 : size > 1 ? at[1] : 0;

		if (length > size || (*at != OPTION_NOTHING && length < 2))
			break;
		if (*at == OPTION_HAS)
			return ranges_sum(pcb, at + 2, length - 2);
		at += length;
		size -= length;
	}
	return 0;
}

void uk_lwip_losses(struct tcp_pcb *pcb, const struct tcp_hdr *header, unsigned options_size)
{
	u32_t had;

	if (!options_size || pcb->state < ESTABLISHED || !pcb->unacked || pcb->flags & TF_INFR ||
	    !(TCPH_FLAGS(header) & TCP_ACK) || header->ackno != pcb->lastack)
		return;
	had = bytes_had(pcb, (const u8_t *)(header + 1), options_size);
	if (had > 2u * pcb->mss || (had && had + pcb->mss >= pcb->snd_nxt - pcb->lastack))
		tcp_rexmit_fast(pcb);
}
