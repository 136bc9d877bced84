/* SPDX-License-Identifier: ISC */
/* network.h -- the network device under all sockets */
#ifndef SOCKETS_NETWORK_H
#define SOCKETS_NETWORK_H

#include <stdbool.h>

#include "names.h"

#include "lwip/ip_addr.h"

/*
 * On the first call, starts the network on the device "service0". Without --ip it
 * waits for DHCP, for at most ten seconds. False if there is no such device.
 */
bool network_start(void);

/* the address is one of this host's, or any */
bool network_has(const ip_addr_t *ip);

bool network6_has(const ip_addr_t *ip);
bool network6_reaches(const ip_addr_t *ip);

/* there is a route to the address */
bool network_reaches(const ip_addr_t *ip);

/* the MAC address is known of what packets there are sent to, the address itself or a router */
bool network_finds(const ip_addr_t *ip);

/* for IPv6, false if nobody answered yet who was asked */
bool network6_finds(const ip_addr_t *ip);

/* the destination for an address: as on Linux, the any address is this host */
const ip_addr_t *network_target(const ip_addr_t *ip);

/* the source address of packets there; unchanged if there is no route */
void network_source(const ip_addr_t *to, ip_addr_t *source);

/* delivers packets sent to this host's own addresses, which lwIP does only when polled */
void network_deliver(void);

/* the address is a broadcast address */
bool network_is_broadcast(const ip_addr_t *ip);

#endif
