/* SPDX-License-Identifier: ISC */
/* stream_admit.c -- decides which segments are taken, so that no connection takes the memory of the others */
#include "stream.h"

#include "hooks.h"

/* a client that is refused tries again */
static bool listener_admits(const struct tcp_pcb_listen *pcb, const struct tcp_hdr *header, unsigned options_size)
{
	const struct stream *listener = pcb->callback_arg;

	return listener && uk_lwip_half_open_room(pcb, header, options_size, listener->queue_count, listener->backlog);
}

/* a segment may bring what came out of order before it */
s8_t stream_admit(struct tcp_pcb *pcb, const struct tcp_hdr *header, unsigned options_size, const struct pbuf *data)
{
	/* of a connection that nobody has accepted the argument is its listener, which may be gone */
	const struct stream *stream = pcb->state == SYN_RCVD ? NULL : pcb->callback_arg;
	size_t before = pcb->state != LISTEN && pcb->ooseq ? TCP_OOSEQ_MAX_PBUFS * TCP_MSS : 0;

	if (pcb->state == LISTEN)
		return listener_admits((const struct tcp_pcb_listen *)pcb, header, options_size) ? ERR_OK : ERR_MEM;
	if (!data->tot_len)
		return ERR_OK;
	return buffer_admits(stream ? stream->received.size : 0, data->tot_len + before) ? ERR_OK : ERR_MEM;
}
