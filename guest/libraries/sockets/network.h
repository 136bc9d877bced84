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

/* there is a way to the address */
bool network_reaches(const ip_addr_t *ip);

#endif
