/* SPDX-License-Identifier: ISC */
/* split.h -- lwIP's splitting of a segment, for segments of any size; behind its tcp_out.c, where it is tcp_split_of_lwip */
#ifndef SPLIT_H
#define SPLIT_H

#include "lwip/priv/tcp_priv.h"

err_t tcp_split_unsent_seg(struct tcp_pcb *pcb, u16_t split)
{
	u16_t mss = pcb->mss;
	bool splits = pcb->unsent && pcb->unsent->len > split;
	err_t error;

	/* lwIP expects no larger one */
	pcb->mss = LWIP_MAX(mss, split);
	error = tcp_split_of_lwip(pcb, split);
	pcb->mss = mss;
	/* the rest has these now, but lwIP leaves them here, too: a peer would take what it has got for all there is */
	if (splits && error == ERR_OK)
		TCPH_UNSET_FLAG(pcb->unsent->tcphdr, TCP_FIN | TCP_PSH);
	return error;
}

#endif
