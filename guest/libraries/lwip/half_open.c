/* SPDX-License-Identifier: ISC */
/*
 * half_open.c -- makes room for a client where connections that nobody may ever use are in its way
 *
 * lwIP keeps a connection whose handshake is not complete for 20 s, and takes no SYN
 * while there are as many as the backlog. A flood of SYNs from nobody would shut
 * everybody out. The oldest gives way instead; its client, if there is one, brings back
 * what was forgotten, see cookie.c. Where there are no control blocks left, these go first, and
 * then those that were closed, and whose peer does not close: lwIP keeps them as long.
 */
#include "cookie.h"
#include "hooks.h"

#include "lwip/memp.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/prot/tcp.h"

/* of a listener; NULL: of any */
static struct tcp_pcb *half_open_oldest(const struct tcp_pcb_listen *listener)
{
	struct tcp_pcb *oldest = NULL;

	/* new ones are put before the others */
	for (struct tcp_pcb *pcb = tcp_active_pcbs; pcb; pcb = pcb->next)
		if (pcb->state == SYN_RCVD && (!listener || pcb->listener == listener))
			oldest = pcb;
	return oldest;
}

static struct tcp_pcb *closed_oldest(void)
{
	struct tcp_pcb *oldest = NULL;

	for (struct tcp_pcb *pcb = tcp_active_pcbs; pcb; pcb = pcb->next)
		if (pcb->state == FIN_WAIT_2 && pcb->flags & TF_RXCLOSED && !pcb->callback_arg)
			oldest = pcb;
	return oldest;
}

/* without a word to an address that may not have asked; false if there is none */
static bool forget(struct tcp_pcb *pcb)
{
	if (!pcb)
		return false;
	if (pcb->state == SYN_RCVD)
		cookie_needed();
	tcp_abandon(pcb, 0);
	return true;
}

/* those in TIME-WAIT go first: lwIP itself sees to that */
static bool blocks_are_gone(void)
{
	void *spare = memp_malloc(MEMP_TCP_PCB);

	memp_free(MEMP_TCP_PCB, spare);
	return !spare && !tcp_tw_pcbs;
}

bool uk_lwip_half_open_room(const struct tcp_pcb_listen *listener, const struct tcp_hdr *header, unsigned options_size, unsigned queued,
			    unsigned backlog)
{
	u16_t flags = TCPH_FLAGS(header) & (TCP_SYN | TCP_ACK | TCP_RST);
	bool full = queued + listener->accepts_pending >= backlog || listener->accepts_pending >= listener->backlog;

	if (flags == TCP_ACK)
		return !cookie_returns(header);
	if (flags != TCP_SYN)
		return true;
	/* if it is forgotten, it is to be known again */
	cookie_offer(header, options_size);
	if (full && !forget(half_open_oldest(listener)))
		return false;
	if (blocks_are_gone() && !forget(half_open_oldest(NULL)))
		forget(closed_oldest());
	return true;
}

s8_t uk_lwip_half_open(struct tcp_pcb *pcb, const struct tcp_hdr *header, unsigned options_size)
{
	const struct tcp_pcb_listen *listener = (const struct tcp_pcb_listen *)pcb;

	return uk_lwip_half_open_room(listener, header, options_size, 0, listener->backlog) ? ERR_OK : ERR_MEM;
}
