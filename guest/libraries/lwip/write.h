/* SPDX-License-Identifier: ISC */
/* write.h -- lwIP's tcp_write, for a last segment of any size; behind its tcp_out.c, where it is tcp_write_of_lwip */
#ifndef WRITE_H
#define WRITE_H

#include "lwip/priv/tcp_priv.h"

/* the segment that more data is added to; NULL: none. Its size is with the room that it has left. */
static struct tcp_seg *segment_last(const struct tcp_pcb *pcb, u16_t *size)
{
	struct tcp_seg *last = pcb->unsent;

	while (last && last->next)
		last = last->next;
	*size = last ? (u16_t)(last->len + pcb->unsent_oversize) : 0;
	return last;
}

/*
 * lwIP makes no segment larger than half of the largest window that the peer has had, and expects the last one to be none.
 * But while the peer has had no window at all, it makes whole ones; then a peer that opened a small one would end the guest.
 */
static err_t write_behind(struct tcp_pcb *pcb, u16_t last_size, const void *bytes, u16_t size, u8_t flags)
{
	tcpwnd_size_t window = pcb->snd_wnd_max;
	err_t error;

	pcb->snd_wnd_max = LWIP_MAX(window, 2 * (tcpwnd_size_t)last_size);
	error = tcp_write_of_lwip(pcb, bytes, size, flags);
	pcb->snd_wnd_max = window;
	return error;
}

#endif
