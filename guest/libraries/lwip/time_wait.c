/* SPDX-License-Identifier: ISC */
/*
 * time_wait.c -- lets a client use a port again while its last connection is in TIME-WAIT
 *
 * RFC 1122, 4.2.2.13 allows it for a SYN beyond what the old connection
 * received. lwIP alone would refuse for two minutes, and a server that closes
 * first has many such connections.
 */
#include "hooks.h"

#include "lwip/tcp.h"
#include "lwip/prot/tcp.h"

s8_t (*uk_lwip_admit)(struct tcp_pcb *pcb, const struct tcp_hdr *header, unsigned options_size, const struct pbuf *data);

s8_t uk_lwip_time_wait(struct tcp_pcb *pcb, const struct tcp_hdr *header)
{
	if (!(TCPH_FLAGS(header) & TCP_SYN) || (s32_t)(header->seqno - pcb->rcv_nxt) <= 0)
		return ERR_OK;
	/* forgotten; this SYN is dropped, and the client's next one a second later finds the listener */
	tcp_abort(pcb);
	return ERR_ABRT;
}
