/* SPDX-License-Identifier: ISC */
/* network.c -- starts lwIP for the first socket, and has the C library poll it whenever it waits */
#include "network.h"

#include <solo5.h>
#include <stdlib.h>
#include <string.h>
#include <uk.h>
#include <uk_lwip.h>

#include "../libc/calls/clock.h"

#include "lwip/etharp.h"
#include "lwip/ip.h"

enum { ADDRESS_WAIT = 10 };     /* seconds for DHCP */

static struct uk_lwip_arguments arguments;
static struct netif interface;

/* from --hostname; uname(2) returns it */
char guest_host_name[64] __attribute__((visibility("hidden")));

static _Noreturn void fail(const char *why)
{
	static const char begin[] = "network: ";

	solo5_console_write(begin, sizeof(begin) - 1);
	solo5_console_write(why, strlen(why));
	solo5_console_write("\n", 1);
	_Exit(1);
}

/*
 * Takes the network's arguments, which come first, up to the first other one; a "--"
 * after them is removed, too.
 */
__attribute__((visibility("hidden"))) void guest_arguments_take(int *count, char **words)
{
	int taken = 1;
	const char *wrong;

	while (taken < *count && uk_lwip_argument(&arguments, words[taken]))
		taken++;
	if (taken < *count && !strcmp(words[taken], "--"))
		taken++;
	if (*count) {
		memmove(words + 1, words + taken, (size_t)(*count - taken + 1) * sizeof(*words));
		*count -= taken - 1;
	}
	wrong = uk_lwip_arguments_check(&arguments);
	if (wrong)
		fail(wrong);
	if (arguments.host_name)
		strcpy(guest_host_name, arguments.host_name);
}

static void wait(uint64_t end)
{
	uk_lwip_poll(end);
}

bool network_start(void)
{
	static bool tried, started;
	uint64_t end;

	if (tried)
		return started;
	tried = true;
	if (uk_lwip_start(&interface, "service0", &arguments) != ERR_OK)
		return false;
	guest_clock_waiter = wait;
	end = solo5_clock_monotonic() + ADDRESS_WAIT * (uint64_t)SECOND;
	while (!uk_lwip_has_address(&interface) && solo5_clock_monotonic() < end)
		clock_wait(end);
	return started = true;
}

bool network_has(const ip_addr_t *ip)
{
	struct netif *netif;

	if (IP_IS_V6(ip))
		return network6_has(ip);
	NETIF_FOREACH(netif)
		if (ip4_addr_cmp(ip_2_ip4(ip), netif_ip4_addr(netif)))
			return true;
	return ip_addr_isany(ip) || ip_addr_isloopback(ip);
}

/* lwIP would send it to the first interface, where it would be lost */
bool network_reaches(const ip_addr_t *ip)
{
	struct netif *netif;

	if (IP_IS_V6(ip))
		return network6_reaches(ip);
	NETIF_FOREACH(netif)
		if (netif_is_up(netif) && !ip4_addr_isany(netif_ip4_addr(netif)) &&
		    (ip4_addr_netcmp(ip_2_ip4(ip), netif_ip4_addr(netif), netif_ip4_netmask(netif)) ||
		     (netif == netif_default && !ip4_addr_isany(netif_ip4_gw(netif)))))
			return true;
	return false;
}

bool network_finds(const ip_addr_t *ip)
{
	const ip4_addr_t *to = ip_2_ip4(ip), *known;
	struct eth_addr *mac;
	struct netif *netif;

	if (network_has(ip))
		return true;
	if (IP_IS_V6(ip))
		return network6_finds(ip);
	netif = ip4_route(to);
	if (!netif || !(netif->flags & NETIF_FLAG_ETHARP))
		return true;
	if (!ip4_addr_netcmp(to, netif_ip4_addr(netif), netif_ip4_netmask(netif)))
		to = netif_ip4_gw(netif);
	return etharp_find_addr(netif, to, &mac, &known) >= 0;
}

const ip_addr_t *network_target(const ip_addr_t *ip)
{
	static ip_addr_t host = IPADDR4_INIT_BYTES(127, 0, 0, 1), host6;

	if (!ip_addr_isany(ip))
		return ip;
	ip_addr_set_loopback(true, &host6);
	return IP_IS_V6(ip) ? &host6 : &host;
}

void network_source(const ip_addr_t *to, ip_addr_t *source)
{
	struct netif *netif = ip_route(source, to);
	const ip_addr_t *ip = netif ? ip_netif_get_local_ip(netif, to) : NULL;

	if (ip)
		*source = *ip;
}

bool network_is_broadcast(const ip_addr_t *ip)
{
	struct netif *netif;

	NETIF_FOREACH(netif)
		if (ip_addr_isbroadcast(ip, netif))
			return true;
	return false;
}

void network_deliver(void)
{
	struct netif *netif;

	NETIF_FOREACH(netif)
		netif_poll(netif);
}
