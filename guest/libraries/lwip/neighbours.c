/* SPDX-License-Identifier: ISC */
/*
 * neighbours.c -- lwIP's neighbour discovery, with optimistic duplicate address detection (RFC 4429)
 *
 * An address that was made of a router's prefix is unique but for an accident, since the
 * interface's MAC address is in it. It is used while lwIP still asks whether somebody has it:
 * its state has the bits of a valid address and of a tentative one. Until lwIP clears the latter,
 * source selection prefers other addresses, advertisements override nobody's cache, and
 * ipv6.c drops solicitations from it.
 *
 * Addresses that were given by hand are not used before, as RFC 4429 has it.
 */
#include "lwip/ip6_addr.h"
#include "lwip/netif.h"
#include "lwip/prot/nd6.h"

#include "ipv6.h"

enum { OVERRIDE = ND6_FLAG_OVERRIDE };

static void state_set(struct netif *netif, s8_t at, u8_t state);
static u8_t override_flag(const struct netif *netif, const ip6_addr_t *address);

#undef netif_ip6_addr_set_state
#define netif_ip6_addr_set_state state_set
#undef ND6_FLAG_OVERRIDE
#define ND6_FLAG_OVERRIDE override_flag(inp, &target_address)
/* found from lwIP's folder of headers */
#include "../core/ipv6/nd6.c"
#undef netif_ip6_addr_set_state

static void state_set(struct netif *netif, s8_t at, u8_t state)
{
	u8_t before = netif_ip6_addr_state(netif, at);

	/* lwIP would give up an address for good that somebody claims long after it was found to be unique */
	if (state == IP6_ADDR_DUPLICATED && ip6_addr_isvalid(before) && !ip6_addr_istentative(before))
		return;
	/* from nd6.c that is the beginning of an address made of a prefix */
	lwip_netif_ip6_addr_set_state(netif, at, state == IP6_ADDR_TENTATIVE ? IP6_ADDR_VALID | IP6_ADDR_TENTATIVE : state);
}

static u8_t override_flag(const struct netif *netif, const ip6_addr_t *address)
{
	return ipv6_is_optimistic(netif, address) ? 0 : OVERRIDE;
}
