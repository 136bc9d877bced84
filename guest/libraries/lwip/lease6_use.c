/* SPDX-License-Identifier: ISC */
/*
 * lease6_use.c -- an interface uses what a server of DHCPv6 gave it
 *
 * An address is used at once, while lwIP still asks whether somebody has it, as RFC 4429 allows for addresses of DHCPv6.
 */
#include "lease6_use.h"

#include "lwip/dns.h"

#include "servers.h"

static bool is_among(const ip6_addr_t *servers, unsigned count, const ip_addr_t *server)
{
	while (count--)
		if (IP_IS_V6(server) && ip6_addr_cmp(&servers[count], ip_2_ip6(server)))
			return true;
	return false;
}

void lease6_names_use(struct netif *netif, struct lease6_names *names, const struct lease6_answer *answer)
{
	ip_addr_t all[DNS_MAX_SERVERS], server;
	u8_t count = 0;

	if (!answer->names_count)
		return;
	for (u8_t i = 0; i < DNS_MAX_SERVERS; i++) {
		const ip_addr_t *known = dns_getserver(i);

		if (!ip_addr_isany(known) && !is_among(names->items, names->count, known))
			all[count++] = *known;
	}
	names->count = 0;
	for (unsigned i = 0; i < answer->names_count && count < DNS_MAX_SERVERS; i++) {
		bool is_known = false;

		ip_addr_copy_from_ip6(server, answer->names[i]);
		ip6_addr_assign_zone(ip_2_ip6(&server), IP6_UNICAST, netif);
		for (u8_t at = 0; at < count; at++)
			is_known |= ip_addr_cmp(&all[at], &server);
		if (is_known)
			continue;
		all[count++] = server;
		names->items[names->count++] = *ip_2_ip6(&server);
	}
	for (u8_t i = 0; i < DNS_MAX_SERVERS; i++)
		dns_setserver(i, i < count ? &all[i] : NULL);
	servers_apply();
}

bool lease6_address_use(struct netif *netif, const ip6_addr_t *address, const struct lease6_answer *answer)
{
	int at = netif_get_ip6_addr_match(netif, address);
	s8_t place = (s8_t)at;

	if (at < 0) {
		if (netif_add_ip6_address(netif, address, &place) != ERR_OK || place < 1)
			return false;
		netif_ip6_addr_set_state(netif, place, IP6_ADDR_VALID | IP6_ADDR_TENTATIVE);
	}
	netif_ip6_addr_set_valid_life(netif, place, answer->valid);
	netif_ip6_addr_set_pref_life(netif, place, answer->preferred);
	if (netif_ip6_addr_state(netif, place) == IP6_ADDR_DEPRECATED && answer->preferred)
		netif_ip6_addr_set_state(netif, place, IP6_ADDR_PREFERRED);
	return true;
}

void lease6_address_drop(struct netif *netif, const ip6_addr_t *address)
{
	int at = netif_get_ip6_addr_match(netif, address);

	if (at > 0)
		netif_ip6_addr_set_state(netif, (s8_t)at, IP6_ADDR_INVALID);
}
