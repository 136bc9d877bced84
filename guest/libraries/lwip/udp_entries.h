/* SPDX-License-Identifier: ISC */
/* udp_entries.h -- UDP for the rest of lwIP: unused until there is a control block */
#ifndef UDP_ENTRIES_H
#define UDP_ENTRIES_H

#include "lwip/ip_addr.h"

struct netif;
struct pbuf;

struct udp_entries {
	void (*input)(struct pbuf *packet, struct netif *netif);
	void (*address_changed)(const ip_addr_t *from, const ip_addr_t *to);
};

/* NULL: there is none */
extern const struct udp_entries *udp_entries;

void udp_entries_input(struct pbuf *packet, struct netif *netif);
void udp_entries_address_changed(const ip_addr_t *from, const ip_addr_t *to);

#endif
