/* SPDX-License-Identifier: ISC */
/*
 * losses.c -- finds lost data by what the peer says that it has, and sends it again
 *
 * lwIP sends one segment again after three acknowledgements that bring nothing else, and whatever else was lost only
 * after a wait of 300 ms at least. Here, as RFC 6675 has it, data is lost if more than two segments behind it have come; or, as in
 * RFC 5827, all that are on their way behind it; or, as in RFC 6582, if it is the next that the peer lacks of what had been
 * sent when an earlier loss was found. If nothing is acknowledged for two round trips and 20 ms, the first piece is sent
 * again, once: it, or the acknowledgements, may be lost. RFC 8985's probe is the last piece instead.
 *
 * Pieces have the size of the network's segments, whatever lwIP's are. uk_lwip_losses is called before lwIP deals with an
 * acknowledgement, so that its own recovery has nothing left to do.
 */
#include "hooks.h"

#include "lwip/timeouts.h"

#include "piece.h"
#include "ranges.h"

enum {
	TF_TRACKED = 0x8000,            /* a flag that lwIP doesn't have: the state is this connection's */
	STATES = MEMP_NUM_TCP_PCB < 1024 ? MEMP_NUM_TCP_PCB : 1024,
	PIECES = 3,                     /* most that one acknowledgement sends again */
	LOOK_MS = 10,                   /* between two looks at what is on its way */
	PROBE_MS = 20,
};

struct state {
	const struct tcp_pcb *pcb;
	/* while lost data is sent again */
	bool recovers;
	u32_t end;                      /* of what had been sent when the loss was found */
	u32_t high;                     /* end of what was sent again */
	u32_t mark;                     /* end of what had been sent when the first piece that is missing was sent again */
	/* the round trip, of data behind timed, which was sent after timed_ms */
	bool is_timing;
	u32_t timed, timed_ms;
	u32_t trip;                     /* ms, eight times; 0: unknown */
	/* neither has changed since then */
	u32_t acked, sent, since_ms;
	bool is_probed;
};

/* one for each connection; beyond STATES, one is taken from another */
static struct state states[STATES];
static bool looks;

static struct state *state_of(struct tcp_pcb *pcb)
{
	struct state *state = &states[(uintptr_t)pcb / LWIP_MEM_ALIGN_SIZE(sizeof(*pcb)) % STATES];

	if (state->pcb != pcb || !(pcb->flags & TF_TRACKED))
		*state = (struct state){.pcb = pcb};
	pcb->flags |= TF_TRACKED;
	return state;
}

/* the third acknowledgement that brings nothing else */
static bool is_third(const struct tcp_pcb *pcb, const struct tcp_hdr *header, const struct pbuf *data)
{
	return pcb->dupacks == 2 && header->ackno == pcb->lastack && !data->tot_len && SND_WND_SCALE(pcb, header->wnd) == pcb->snd_wnd;
}

static bool is_lost(const struct tcp_pcb *pcb, u32_t ackno, const struct ranges *ranges)
{
	return ranges->sum > 2u * pcb->mss || (ranges->sum && ranges->sum + pcb->mss >= pcb->snd_nxt - ackno);
}

static void recovery_begin(struct tcp_pcb *pcb, struct state *state, u32_t ackno)
{
	u32_t half = LWIP_MIN(pcb->cwnd, pcb->snd_wnd) / 2;

	state->recovers = true;
	state->end = state->mark = pcb->snd_nxt;
	state->high = ackno;
	pcb->ssthresh = LWIP_MAX(half, 2u * pcb->mss);
	pcb->cwnd = pcb->ssthresh + 3 * pcb->mss;
}

static void recovery_end(struct tcp_pcb *pcb, struct state *state)
{
	state->recovers = false;
	pcb->flags &= (tcpflags_t)~TF_INFR;
	pcb->cwnd = pcb->ssthresh;
	pcb->bytes_acked = 0;
}

/* one piece from there, that ends where what the peer has begins; false: nothing was sent */
static bool again(struct tcp_pcb *pcb, struct state *state, u32_t from, u32_t until)
{
	u16_t size = tcp_piece_send(pcb, from, until - from);

	if (size && TCP_SEQ_GT(from + size, state->high))
		state->high = from + size;
	/* of what was sent twice, nobody can say which one is acknowledged */
	pcb->rttest = 0;
	return size;
}

/* whether the first piece that is missing has to be sent, for the first time or because it was lost again */
static bool first_is_lost(const struct tcp_pcb *pcb, const struct state *state, u32_t ackno, u32_t last)
{
	return state->high == ackno || (ackno == pcb->lastack && TCP_SEQ_GT(last, state->mark + 3u * pcb->mss));
}

/* what is between the ranges, and was not sent again yet */
static void gaps_send(struct tcp_pcb *pcb, struct state *state, const struct ranges *ranges, unsigned pieces)
{
	u32_t behind = ranges->sum;

	for (unsigned i = 0; i < ranges->count && behind > 2u * pcb->mss; i++) {
		while (TCP_SEQ_LT(state->high, ranges->begins[i]))
			if (!pieces-- || !again(pcb, state, state->high, ranges->begins[i]))
				return;
		state->high = TCP_SEQ_LT(state->high, ranges->ends[i]) ? ranges->ends[i] : state->high;
		behind -= ranges->ends[i] - ranges->begins[i];
	}
}

/* The window is for what is on its way: neither what the peer has, nor what was lost, counts. */
static void window_set(struct tcp_pcb *pcb, u32_t ackno, u32_t last)
{
	bool advances = ackno != pcb->lastack;

	/* with it, lwIP sends nothing again, but an acknowledgement of anything new ends its recovery */
	if (advances)
		pcb->flags &= (tcpflags_t)~TF_INFR;
	else
		pcb->flags |= TF_INFR;
	if (last != ackno || advances)
		pcb->cwnd = pcb->ssthresh + (last != ackno ? last - ackno : pcb->mss);
	/* lwIP would add what the ranges have said already */
	if (last != ackno)
		pcb->dupacks = 0;
	pcb->bytes_acked = 0;
}

static void recovery_continue(struct tcp_pcb *pcb, struct state *state, u32_t ackno, const struct ranges *ranges)
{
	u32_t last = ranges->count ? ranges->ends[ranges->count - 1] : ackno;
	unsigned pieces = PIECES;

	if (TCP_SEQ_LT(state->high, ackno))
		state->high = ackno;
	if (first_is_lost(pcb, state, ackno, last)) {
		if (!again(pcb, state, ackno, ranges->count ? ranges->begins[0] : pcb->snd_nxt))
			return;
		pcb->rtime = 0;
		state->mark = pcb->snd_nxt;
		pieces--;
	} else if (ackno != pcb->lastack) {
		/* it was sent again before now */
		state->mark = pcb->snd_nxt;
	}
	gaps_send(pcb, state, ranges, pieces);
	window_set(pcb, ackno, last);
}

/*
 * lwIP's own is in units of 100 ms. What is on its way when nothing else is may have been sent long after the last
 * acknowledgement, and waits for a loss are no round trips.
 */
static void trip_measure(const struct tcp_pcb *pcb, struct state *state, u32_t ackno)
{
	u32_t now = sys_now(), took = now - state->timed_ms;
	bool is_valid = state->is_timing && !state->recovers && !(pcb->flags & TF_RTO), is_over = TCP_SEQ_GT(ackno, state->timed);

	if (is_valid && is_over)
		state->trip = state->trip ? state->trip - state->trip / 8 + took : 8 * took + 1;
	state->is_timing = ackno != pcb->snd_nxt && !(pcb->flags & TF_RTO);
	if (is_valid && !is_over)
		return;
	state->timed = pcb->snd_nxt;
	state->timed_ms = now;
}

/* the acknowledgement of a single segment may be late on purpose; after its own wait, lwIP sends all of it again */
static bool is_waiting(const struct tcp_pcb *pcb, u32_t ackno)
{
	return pcb->state >= ESTABLISHED && pcb->unacked && !(pcb->flags & TF_RTO) && pcb->snd_nxt - ackno > pcb->mss;
}

static void wait_look(struct tcp_pcb *pcb, struct state *state)
{
	u32_t now = sys_now();

	if (state->acked != pcb->lastack || state->sent != pcb->snd_nxt) {
		state->acked = pcb->lastack;
		state->sent = pcb->snd_nxt;
		state->since_ms = now;
		state->is_probed = false;
	} else if (!state->is_probed && state->trip && now - state->since_ms >= PROBE_MS + state->trip / 4) {
		state->is_probed = true;
		if (!state->recovers)
			recovery_begin(pcb, state, pcb->lastack);
		if (again(pcb, state, pcb->lastack, pcb->snd_nxt))
			state->mark = pcb->snd_nxt;
	}
}

static void look(void *unused)
{
	looks = false;
	for (struct tcp_pcb *pcb = tcp_active_pcbs; pcb; pcb = pcb->next) {
		if (!is_waiting(pcb, pcb->lastack))
			continue;
		wait_look(pcb, state_of(pcb));
		looks = true;
	}
	if (looks)
		sys_timeout(LOOK_MS, look, unused);
}

void uk_lwip_losses(struct tcp_pcb *pcb, const struct tcp_hdr *header, unsigned options_size, const struct pbuf *data)
{
	u32_t ackno = header->ackno;
	struct ranges ranges;
	struct state *state;

	if (pcb->state < ESTABLISHED || !pcb->unacked || (TCPH_FLAGS(header) & (TCP_ACK | TCP_RST | TCP_SYN)) != TCP_ACK ||
	    !TCP_SEQ_BETWEEN(ackno, pcb->lastack, pcb->snd_nxt))
		return;
	state = state_of(pcb);
	trip_measure(pcb, state, ackno);
	if (pcb->flags & TF_RTO) {
		if (state->recovers)
			pcb->flags &= (tcpflags_t)~TF_INFR;
		state->recovers = false;
		return;
	}
	if (!looks && is_waiting(pcb, ackno)) {
		looks = true;
		sys_timeout(LOOK_MS, look, NULL);
	}
	ranges_read(&ranges, pcb, header, options_size);
	if (state->recovers && TCP_SEQ_GEQ(ackno, state->end))
		recovery_end(pcb, state);
	if (!state->recovers) {
		if (!is_lost(pcb, ackno, &ranges) && !is_third(pcb, header, data))
			return;
		recovery_begin(pcb, state, ackno);
	}
	recovery_continue(pcb, state, ackno, &ranges);
}
