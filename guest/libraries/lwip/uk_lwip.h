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
 * device, or it was added before. ERR_VAL: there is no address, and no DHCP (LWIP_DHCP of Kconfig). Packets have at most 1500 bytes, also where the MTU is larger.
 */
err_t uk_lwip_add(struct netif *netif, const char *device, const struct uk_lwip_address *address);

/*
 * What a command line says of an interface, as it was given; NULL: nothing. The
 * words are --ip=10.0.0.2/24, --gateway=10.0.0.1, --dns=10.0.0.1,10.0.0.3 (instead
 * of DHCP's) and --hostname=NAME (for DHCP's server). --ip and --gateway may be given
 * once more for IPv6, whose networks have 64 bits: --ip=fd00::2/64.
 */
struct uk_lwip_arguments {
	const char *ip, *gateway, *dns, *host_name;
	const char *ip6, *gateway6;
};

/* Keeps the word if it is one of these; false if not. A later one replaces an earlier one. */
bool uk_lwip_argument(struct uk_lwip_arguments *arguments, const char *word);

/* Says what is wrong with them; NULL: nothing. */
const char *uk_lwip_arguments_check(const struct uk_lwip_arguments *arguments);

/*
 * As uk_lwip_add, with what the arguments say: an address that is given, of either kind, is
 * instead of DHCP, and one of IPv6 instead of those that routers offer.
 * ERR_VAL: uk_lwip_arguments_check would have said what is wrong.
 */
err_t uk_lwip_start(struct netif *netif, const char *device, const struct uk_lwip_arguments *arguments);

/*
 * It has an address that others can use: of IPv4, or one of IPv6 that is not of its link alone. One of
 * IPv6 that was given is waited for, since lwIP asks for a second whether somebody has it.
 */
bool uk_lwip_has_address(const struct netif *netif);

#define UK_LWIP_SERVERS 3

struct uk_lwip_servers {
	ip_addr_t items[UK_LWIP_SERVERS];
	unsigned count;
};

/* The name servers that are known now: those of --dns, or else of DHCP. */
void uk_lwip_servers(struct uk_lwip_servers *servers);

#define UK_LWIP_FOREVER UINT64_MAX

/* Hands what was received to lwIP and runs its timers; true if something came. */
bool uk_lwip_move(void);

/*
 * Does uk_lwip_move. If nothing came it sleeps until a frame comes, the next
 * timer is due, or deadline. It may return early.
 */
void uk_lwip_poll(solo5_time_t deadline);

#endif
