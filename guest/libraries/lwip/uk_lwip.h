/* SPDX-License-Identifier: ISC */
/*
 * uk_lwip.h -- runs lwIP on the application's network devices
 *
 * Name "lwip" in the manifest's "libraries", add interfaces, set up lwIP's
 * callbacks (lwip/tcp.h, lwip/udp.h, lwip/dns.h), then call uk_lwip_poll for ever:
 *
 *	static struct netif netif;
 *	struct uk_lwip_address address;
 *
 *	if (uk_lwip_address_parse(&address, "10.0.0.2/24", NULL) &&
 *	    uk_lwip_add(&netif, "service0", &address) == ERR_OK)
 *		for (;;)
 *			uk_lwip_poll(UK_LWIP_FOREVER);
 */
#ifndef UK_LWIP_H
#define UK_LWIP_H

#include <solo5.h>

#include "lwip/netif.h"

struct uk_lwip_address {
	ip4_addr_t address, netmask, gateway;
};

/* Reads "10.0.0.2/24", and "10.0.0.1" as gateway unless that is NULL; false if one is malformed. */
bool uk_lwip_address_parse(struct uk_lwip_address *address, const char *network, const char *gateway);

/*
 * Adds the network device that the manifest calls device as an interface, and
 * brings it up; the first one is for the default route. With address NULL DHCP
 * finds one: netif_ip4_addr(netif) is 0 until then. ERR_ARG: there is no such
 * device, or it was added before. Packets have at most 1500 bytes, also where the MTU is larger.
 */
err_t uk_lwip_add(struct netif *netif, const char *device, const struct uk_lwip_address *address);

#define UK_LWIP_FOREVER UINT64_MAX

/*
 * Hands what was received to lwIP, runs its timers, and sleeps until a frame
 * comes, the next timer is due, or deadline. It may return early.
 */
void uk_lwip_poll(solo5_time_t deadline);

#endif
