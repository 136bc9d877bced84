/* SPDX-License-Identifier: ISC */
/* ranges.h -- what a peer says that it has beyond what it acknowledges (RFC 2018) */
#ifndef RANGES_H
#define RANGES_H

#include "lwip/priv/tcp_priv.h"

enum { RANGES = 4 };

/* of what is on its way, in order and apart from each other */
struct ranges {
	unsigned count;
	u32_t begins[RANGES], ends[RANGES];
	u32_t sum;
};

/* options follow the header */
void ranges_read(struct ranges *ranges, const struct tcp_pcb *pcb, const struct tcp_hdr *header, unsigned options_size);

#endif
