/* SPDX-License-Identifier: ISC */
/*
 * stream_limit.c -- TCP_USER_TIMEOUT: a connection ends if what was sent isn't acknowledged for so long
 *
 * lwIP looks twice a second, but only while something is under way: an idle guest sleeps.
 */
#include "lwip/priv/tcp_priv.h"
#include "lwip/sys.h"

#include "stream.h"

enum { LOOKS = 500 / TCP_SLOW_INTERVAL };      /* ticks between two looks */

static void begin(struct stream *stream)
{
	stream->limit_from = sys_now();
	stream->limit_acked = stream->pcb->lastack;
}

static err_t look(void *argument, struct tcp_pcb *pcb)
{
	struct stream *stream = argument;

	if (!stream || !stream->limit || (!pcb->unacked && !pcb->unsent)) {
		tcp_poll(pcb, NULL, 0);
	} else if (stream->limit_acked != pcb->lastack) {
		begin(stream);
	} else if (sys_now() - stream->limit_from >= stream->limit) {
		/* which calls stream_failed */
		tcp_abort(pcb);
		return ERR_ABRT;
	}
	/* else lwIP would send what is held back */
	return stream && stream->corked ? ERR_INPROGRESS : ERR_OK;
}

void stream_limit_begin(struct stream *stream)
{
	if (stream->pcb->poll)
		return;
	begin(stream);
	tcp_poll(stream->pcb, look, LOOKS);
}
