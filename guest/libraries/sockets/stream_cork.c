/* SPDX-License-Identifier: ISC */
/*
 * stream_cork.c -- TCP_CORK: what is less than a segment waits for more, for at most 200 ms
 *
 * It is in lwIP's queue all the time, so whatever makes lwIP send there ends the wait early: an
 * acknowledgement that comes or is due, the end of the connection. One timer serves all sockets.
 */
#include "lwip/priv/tcp_priv.h"
#include "lwip/timeouts.h"

#include "stream.h"

enum {
	HOLD = 200,             /* ms, as on Linux */
	LOOKS_MOST = 255,       /* ticks after which lwIP sends what waits, at most */
};

static bool timer_runs;

static bool is_partial(const struct tcp_pcb *pcb)
{
	return pcb->unsent && !pcb->unsent->next && pcb->unsent->len < pcb->mss;
}

static struct stream *held_stream(const struct tcp_pcb *pcb)
{
	struct stream *stream = pcb->recv == stream_receive_segment ? pcb->callback_arg : NULL;

	return stream && stream->corked && pcb->unsent && !pcb->unacked ? stream : NULL;
}

static void tick(void *unused)
{
	unsigned least = HOLD + 1;

	for (struct tcp_pcb *pcb = tcp_active_pcbs; pcb; pcb = pcb->next) {
		const struct stream *stream = held_stream(pcb);
		unsigned waited = stream ? sys_now() - stream->held_at : 0;

		if (stream && waited >= HOLD)
			tcp_output(pcb);
		else if (stream && HOLD - waited < least)
			least = HOLD - waited;
	}
	timer_runs = least <= HOLD;
	if (timer_runs)
		sys_timeout(least, tick, unused);
}

void stream_push(struct stream *stream, size_t size)
{
	if (!stream->corked || !is_partial(stream->pcb)) {
		tcp_output(stream->pcb);
		return;
	}
	/* nothing waited before */
	if (stream->pcb->unsent->len == size)
		stream->held_at = sys_now();
	if (!stream->pcb->poll)
		tcp_poll(stream->pcb, NULL, LOOKS_MOST);
	stream->pcb->polltmr = 0;
	if (!timer_runs)
		sys_timeout(HOLD, tick, NULL);
	timer_runs = true;
}
