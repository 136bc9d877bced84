/* SPDX-License-Identifier: ISC */
/* network6.c -- IPv6 addresses: this host's, and those it has a route to */
#include "network.h"

#include "lwip/nd6.h"
#include "lwip/netif.h"
#include "lwip/priv/nd6_priv.h"

#include "hooks.h"

bool network6_has(const ip_addr_t *ip)
{
	struct netif *netif;

	NETIF_FOREACH(netif)
		if (ip6_addr_test_zone(ip_2_ip6(ip), netif) || !ip6_addr_has_zone(ip_2_ip6(ip))) {
			int at = netif_get_ip6_addr_match(netif, ip_2_ip6(ip));

			if (at >= 0 && ip6_addr_isvalid(netif_ip6_addr_state(netif, at)))
				return true;
		}
	return ip_addr_isany(ip);
}

/* this host's address in the same network, or on the same link */
static bool is_near(const ip6_addr_t *ip, const struct netif *netif)
{
	if (ip6_addr_has_zone(ip))
		return ip6_addr_test_zone(ip, netif);
	for (int i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++)
		if (ip6_addr_isvalid(netif_ip6_addr_state(netif, i)) && ip6_addr_netcmp(ip, netif_ip6_addr(netif, i)))
			return true;
	return false;
}

static bool has_global(const struct netif *netif)
{
	for (int i = 0; i < LWIP_IPV6_NUM_ADDRESSES; i++)
		if (ip6_addr_isvalid(netif_ip6_addr_state(netif, i)) && !ip6_addr_islinklocal(netif_ip6_addr(netif, i)))
			return true;
	return false;
}

bool network6_reaches(const ip_addr_t *ip)
{
	struct netif *netif;

	NETIF_FOREACH(netif)
		if (netif_is_up(netif) && (is_near(ip_2_ip6(ip), netif) ||
					   (netif == netif_default && has_global(netif) && (ipv6_gateway() || nd6_find_route(ip_2_ip6(ip))))))
			return true;
	return false;
}

bool network6_finds(const ip_addr_t *ip)
{
	for (int i = 0; i < LWIP_ND6_NUM_NEIGHBORS; i++)
		if (neighbor_cache[i].state == ND6_INCOMPLETE && ip6_addr_cmp(ip_2_ip6(ip), &neighbor_cache[i].next_hop_address))
			return false;
	return true;
}
