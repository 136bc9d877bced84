/* SPDX-License-Identifier: ISC */
/* piece_send.h -- piece.h's function; behind lwIP's tcp_out.c, some of whose functions are static */
#ifndef PIECE_SEND_H
#define PIECE_SEND_H

#include "piece.h"

/* the segment stays as it is: the device may still have it, and the peer the rest of it */
u16_t tcp_piece_send(struct tcp_pcb *pcb, u32_t from, u32_t most)
{
	const struct tcp_seg *seg = pcb->unacked;
	struct pbuf *packet;
	u32_t offset, size;
	bool ends;

	while (seg && TCP_SEQ_GEQ(from, lwip_ntohl(seg->tcphdr->seqno) + TCP_TCPLEN(seg)))
		seg = seg->next;
	if (!seg || TCP_SEQ_LT(from, lwip_ntohl(seg->tcphdr->seqno)))
		return 0;
	offset = from - lwip_ntohl(seg->tcphdr->seqno);
	size = LWIP_MIN(LWIP_MIN(most, pcb->mss), seg->len - offset);
	ends = offset + size == seg->len && TCPH_FLAGS(seg->tcphdr) & TCP_FIN;
	packet = tcp_output_alloc_header(pcb, 0, (u16_t)size, lwip_htonl(from));
	if (!packet)
		return 0;
	/* headers are in front of the data, as many as were needed */
	pbuf_copy_partial(seg->p, (u8_t *)packet->payload + TCP_HLEN, (u16_t)size, (u16_t)(seg->p->tot_len - seg->len + offset));
	TCPH_SET_FLAG((struct tcp_hdr *)packet->payload, ends ? TCP_FIN : TCP_PSH);
	if (tcp_output_control_segment(pcb, packet, &pcb->local_ip, &pcb->remote_ip) != ERR_OK)
		return 0;
	return (u16_t)(size + ends);
}

#endif
