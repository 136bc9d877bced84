/* SPDX-License-Identifier: ISC */
/*
 * tail.h -- a connection's last segment waits for more data while the device's ring is busy with what several calls wrote; for offload.c
 *
 * The host takes frames from the ring when the guest waits, so a short frame behind large ones gains nothing by being there
 * early. A program that writes on fills the segment instead. offload_push sends it before the guest waits, at the latest. A program that
 * computes after a few calls has nothing held back. As with Nagle's algorithm, which this extends, TCP_NODELAY turns it off. One
 * connection's segment waits at a time.
 */
#ifndef TAIL_H
#define TAIL_H

#include "lwip/priv/tcp_priv.h"

enum { CALLS_LEAST = 4 };

static unsigned large_sent, large_taken;        /* large frames put into the ring; those that the host is known to have taken */
static unsigned calls;                  /* of tcp_output that put some there since it was empty */
static struct tcp_pcb *tail_of;         /* whose last segment waits; it may be gone */
static bool tail_goes;

/* the most data that a segment of this connection has now */
static u16_t segment_most(const struct tcp_pcb *pcb);

/* whether several calls have put something into the ring since it was empty, which the host may have done a moment ago */
static bool ring_is_busy(const struct tcp_pcb *pcb);

static void large_take(void)
{
	if (++large_taken == large_sent)
		calls = 0;
}

static bool tail_waits(struct tcp_pcb *pcb)
{
	const struct tcp_seg *last = pcb->unsent;

	if (tail_goes || calls < CALLS_LEAST || last->next || pcb->flags & (TF_NODELAY | TF_INFR) || (tail_of && tail_of != pcb) ||
	    last->len + pcb->mss > segment_most(pcb) || !ring_is_busy(pcb))
		return false;
	tail_of = pcb;
	return true;
}

static inline bool nagle_of_lwip(const struct tcp_pcb *pcb)
{
	return tcp_do_output_nagle(pcb);
}

#undef tcp_do_output_nagle
#define tcp_do_output_nagle(pcb) (nagle_of_lwip(pcb) && !tail_waits(pcb))

#endif
