/* SPDX-License-Identifier: ISC */
/* network.h -- the network device under all sockets */
#ifndef SOCKETS_NETWORK_H
#define SOCKETS_NETWORK_H

#include <stdbool.h>

#include "lwip/ip_addr.h"

/*
 * Brings the manifest's network device "service0" up, the first time that it is called.
 * Without --ip this waits for DHCP, for ten seconds at most. False if there is no
 * such device.
 */
bool network_start(void);

/* the address is one of this host's, or any */
bool network_has(const ip_addr_t *ip);

bool network6_has(const ip_addr_t *ip);
bool network6_reaches(const ip_addr_t *ip);

/* there is a way to the address */
bool network_reaches(const ip_addr_t *ip);

/* where what is sent to an address goes: as Linux has it, any is this host */
const ip_addr_t *network_target(const ip_addr_t *ip);

/* the address that packets there come from; left alone if there is no way */
void network_source(const ip_addr_t *to, ip_addr_t *source);

/* delivers what was sent to addresses of this host, which lwIP does only when it is polled */
void network_deliver(void);

/* the address is that of all, or of all on a network of ours */
bool network_is_broadcast(const ip_addr_t *ip);

#endif
