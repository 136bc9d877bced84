/* SPDX-License-Identifier: ISC */
/* lease6_use.h -- an interface uses what a server of DHCPv6 gave it */
#ifndef LEASE6_USE_H
#define LEASE6_USE_H

#include "lease6_message.h"

/* name servers that are lwIP's through DHCPv6 */
struct lease6_names {
	ip6_addr_t items[LEASE6_SERVERS];
	unsigned count;
};

/* those of the answer, if it has any, instead of these, and behind those of routers and of DHCP */
void lease6_names_use(struct netif *netif, struct lease6_names *names, const struct lease6_answer *answer);

/* the address, for the times of the answer; false if the interface has no place for it */
bool lease6_address_use(struct netif *netif, const ip6_addr_t *address, const struct lease6_answer *answer);
void lease6_address_drop(struct netif *netif, const ip6_addr_t *address);

#endif
