/* SPDX-License-Identifier: ISC */
/* ipv6.h -- IPv6 of interfaces; only where LWIP_IPV6 is 1 there is more than this header */
#ifndef IPV6_H
#define IPV6_H

#include <stdbool.h>

#include "lwip/err.h"
#include "lwip/ip_addr.h"

struct netif;
struct ip6_addr;
struct pbuf;

/* false if text is no address */
bool ipv6_parse(ip_addr_t *address, const char *text);

/* false if they are not as in fd00::2/64 and fd00::1; the latter may be NULL */
bool ipv6_is_right(const char *network, const char *gateway);

/* tells lwIP how the interface sends */
void ipv6_interface_init(struct netif *netif);

/* gives it an address of its link, and the one that was given; if that is NULL, routers may give it some */
void ipv6_begin(struct netif *netif, const char *network, const char *gateway);

/* it has an address that is not of its link alone and may be used */
bool ipv6_has_address(const struct netif *netif);

/* the address is in use, and lwIP still asks whether somebody else has it, see neighbours.c */
bool ipv6_is_optimistic(const struct netif *netif, const struct ip6_addr *address);

/* starts the timer of multicast listener reports if one of them is due */
void ipv6_timer_look(void);

/* puts a header of IPv6 before a segment of TCP; false if there is no room for it */
bool ipv6_head_add(struct pbuf *segment, const ip_addr_t *from, const ip_addr_t *to);

#endif
