/* SPDX-License-Identifier: ISC */
/* arp.c -- lwIP's ARP, which would read messages to their end without looking whether it is there */
#include "lwip/etharp.h"

static void whole_input(struct pbuf *packet, struct netif *netif);

#undef etharp_input
#define etharp_input whole_input
/* found from lwIP's folder of headers */
#include "../core/ipv4/etharp.c"
#undef etharp_input
#define etharp_input lwip_etharp_input

void etharp_input(struct pbuf *packet, struct netif *netif)
{
	if (packet->len < SIZEOF_ETHARP_HDR)
		pbuf_free(packet);
	else
		whole_input(packet, netif);
}
