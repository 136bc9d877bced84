/* SPDX-License-Identifier: ISC */
/* udp_entries.c -- the rest of lwIP's calls to UDP, so that its code is linked only if used */
#include "udp_entries.h"

#include "lwip/icmp.h"
#include "lwip/ip.h"
#include "lwip/pbuf.h"

const struct udp_entries *udp_entries;

/* the answer of a host where this port is closed */
static void refuse(struct pbuf *packet)
{
	if (!ip_addr_isbroadcast(ip_current_dest_addr(), ip_current_netif()) && !ip_addr_ismulticast(ip_current_dest_addr())) {
		pbuf_header_force(packet, (s16_t)ip_current_header_tot_len());
		icmp_port_unreach(ip_current_is_v6(), packet);
	}
	pbuf_free(packet);
}

void udp_entries_input(struct pbuf *packet, struct netif *netif)
{
	if (udp_entries)
		udp_entries->input(packet, netif);
	else
		refuse(packet);
}

void udp_entries_address_changed(const ip_addr_t *from, const ip_addr_t *to)
{
	if (udp_entries)
		udp_entries->address_changed(from, to);
}
