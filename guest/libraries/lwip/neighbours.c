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
 *
 * And with another choice of who makes room in a full table. Anybody can have the guest ask for neighbours
 * that don't exist, by packets in their names, or tell it of such. lwIP would forget neighbours that
 * answered for the sake of these, and wait for answers of all again. Here those in question make room
 * for each other, the oldest of the more numerous kind first, as soon as either kind takes a quarter of
 * the table; so half of it is left to neighbours that answered.
 *
 * lwIP would read a link-layer address from behind a message whose last option has no length. Messages
 * with such an option, or a cut one, are dropped (RFC 4861, 6.1 and 7.1).
 */
#include <stdbool.h>

#include "lwip/ip6_addr.h"
#include "lwip/memp.h"
#include "lwip/netif.h"
#include "lwip/prot/nd6.h"

#include "ipv6.h"

enum { OVERRIDE = ND6_FLAG_OVERRIDE };

static s8_t neighbour_new(void);
static void *queue_entry_get(memp_t pool);
static void state_set(struct netif *netif, s8_t at, u8_t state);
static u8_t override_flag(const struct netif *netif, const ip6_addr_t *address);
static void whole_input(struct pbuf *packet, struct netif *netif);

#undef nd6_input
#define nd6_input whole_input
#undef netif_ip6_addr_set_state
#define netif_ip6_addr_set_state state_set
#undef ND6_FLAG_OVERRIDE
#define ND6_FLAG_OVERRIDE override_flag(inp, &target_address)
/* routers say whether there is DHCPv6: not to lwIP's, but to lease6.c */
#undef LWIP_IPV6_DHCP6
#define LWIP_IPV6_DHCP6 CONFIG_LWIP_DHCP6
#define dhcp6_nd6_ra_trigger lease6_advertised
/* where it is defined, void is between the parentheses; where it is called, nothing */
#define nd6_new_neighbor_cache_entry(nothing) neighbour_new##nothing(nothing)
#undef memp_malloc
#define memp_malloc queue_entry_get
/* found from lwIP's folder of headers */
#include "../core/ipv6/nd6.c"
#undef memp_malloc
#undef netif_ip6_addr_set_state
#undef nd6_input
#define nd6_input lwip_nd6_input

/* where options begin in a message of this type; 0: it has none */
static unsigned options_begin(int type)
{
	switch (type) {
	case ICMP6_TYPE_RS:
		return sizeof(struct rs_header);
	case ICMP6_TYPE_RA:
		return sizeof(struct ra_header);
	case ICMP6_TYPE_NS:
		return sizeof(struct ns_header);
	case ICMP6_TYPE_NA:
		return sizeof(struct na_header);
	case ICMP6_TYPE_RD:
		return sizeof(struct redirect_header);
	}
	return 0;
}

static bool options_are_whole(const struct pbuf *packet)
{
	unsigned at = options_begin(pbuf_try_get_at(packet, 0));

	while (at && at < packet->tot_len) {
		int eighths = pbuf_try_get_at(packet, (u16_t)(at + 1));

		if (eighths <= 0)
			return false;
		at += 8 * (unsigned)eighths;
	}
	return !at || at <= packet->tot_len;
}

void nd6_input(struct pbuf *packet, struct netif *netif)
{
	if (options_are_whole(packet))
		whole_input(packet, netif);
	else
		pbuf_free(packet);
}

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

enum kind {
	FREE,
	ASKED,          /* for its address on the link, without an answer yet */
	HEARD,          /* its own word, or a router's, and old answers; it is going to be asked */
	PROVEN,         /* by an answer, or by TCP */
	ROUTER,         /* of any kind; lwIP doesn't forget those in use */
	KINDS,
};

enum { QUARTER = LWIP_ND6_NUM_NEIGHBORS / 4 };

static enum kind neighbour_kind(const struct nd6_neighbor_cache_entry *neighbour)
{
	static const u8_t kinds[] = {
		[ND6_NO_ENTRY] = FREE, [ND6_INCOMPLETE] = ASKED, [ND6_DELAY] = HEARD, [ND6_PROBE] = HEARD,
		[ND6_REACHABLE] = PROVEN, [ND6_STALE] = PROVEN,
	};

	return neighbour->isrouter ? ROUTER : kinds[neighbour->state];
}

/* there is one; places are filled in turn, so it is about the oldest */
static s8_t neighbour_next(enum kind kind)
{
	static u8_t turns[KINDS];
	u8_t at = turns[kind];

	while (neighbour_kind(&neighbor_cache[at]) != kind)
		at = (u8_t)((at + 1) % LWIP_ND6_NUM_NEIGHBORS);
	turns[kind] = (u8_t)((at + 1) % LWIP_ND6_NUM_NEIGHBORS);
	return (s8_t)at;
}

/* true if the former was proven later */
static bool is_later(const struct nd6_neighbor_cache_entry *one, const struct nd6_neighbor_cache_entry *other)
{
	if (one->state != other->state)
		return one->state == ND6_REACHABLE;
	return one->state == ND6_REACHABLE ? one->counter.reachable_time > other->counter.reachable_time :
		one->counter.stale_time < other->counter.stale_time;
}

/* there is one */
static s8_t proven_oldest(void)
{
	s8_t oldest = neighbour_next(PROVEN);

	for (s8_t i = 0; i < LWIP_ND6_NUM_NEIGHBORS; i++)
		if (neighbour_kind(&neighbor_cache[i]) == PROVEN && is_later(&neighbor_cache[oldest], &neighbor_cache[i]))
			oldest = i;
	return oldest;
}

/* a place in the table, free */
static s8_t neighbour_new(void)
{
	unsigned counts[KINDS] = {0};
	enum kind kind;
	s8_t at;

	for (s8_t i = 0; i < LWIP_ND6_NUM_NEIGHBORS; i++)
		counts[neighbour_kind(&neighbor_cache[i])]++;
	if (counts[FREE])
		return neighbour_next(FREE);
	kind = counts[ASKED] > counts[HEARD] ? ASKED : HEARD;
	at = counts[kind] < QUARTER ? proven_oldest() : neighbour_next(kind);
	nd6_free_neighbor_cache_entry(at);
	return at;
}

/* for a packet that waits for a neighbour's answer; if there is none, the neighbour with most packets loses one */
static void *queue_entry_get(memp_t pool)
{
	void *entry = lwip_memp_malloc(pool);
	struct nd6_neighbor_cache_entry *longest = NULL;
	struct nd6_q_entry *first;
	unsigned most = 0;

	for (s8_t i = 0; !entry && i < LWIP_ND6_NUM_NEIGHBORS; i++) {
		unsigned count = 0;

		for (first = neighbor_cache[i].q; first; first = first->next)
			count++;
		if (count <= most)
			continue;
		most = count;
		longest = &neighbor_cache[i];
	}
	if (!longest)
		return entry;
	first = longest->q;
	longest->q = first->next;
	first->next = NULL;
	nd6_free_q(first);
	return lwip_memp_malloc(pool);
}
