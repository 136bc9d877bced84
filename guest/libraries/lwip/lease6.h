/* SPDX-License-Identifier: ISC */
/* lease6.h -- addresses and name servers of DHCPv6, for interfaces whose routers say that there are some; where LWIP_DHCP6 is 1 */
#ifndef LEASE6_H
#define LEASE6_H

#include <stdbool.h>

#include "lwip/netif.h"

/* a router says that a server gives addresses (managed), or only name servers (other) */
void lease6_advertised(struct netif *netif, u8_t managed, u8_t other);

/* the link is there again, perhaps another one */
void lease6_link_up(struct netif *netif);

/* name servers were asked for, and may be known soon */
bool lease6_is_informing(void);

/* gives everything up, without a word, until a router advertises again */
void lease6_stop(struct netif *netif);

#endif
