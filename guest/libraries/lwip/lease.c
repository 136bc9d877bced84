/* SPDX-License-Identifier: ISC */
/*
 * lease.c -- renews what DHCP leased, in time to the second
 *
 * lwIP counts a lease in minutes, which is too coarse for a short one. dhcp_bind
 * sets its counters; they are taken from it here and stay 0, so that none of
 * them runs out. The times that they stand for are kept here instead, as RFC 2131,
 * 4.4.5 has them: ask the server from T1 on, any server from T2 on, and give the
 * address up at the end.
 */
#include "lease.h"

#include <solo5.h>

#include "lwip/dhcp.h"
#include "lwip/mem.h"
#include "lwip/prot/dhcp.h"
#include "lwip/timeouts.h"

#include "servers.h"

enum {
	SENT_BEFORE = 2,        /* seconds: a lease counts from its request, an address is probed before it is bound */
	RETRY_MOST = 60,        /* seconds; RFC 2131 has no shorter wait, since its leases are hours */
};

static const u32_t INFINITE = 0xffffffff;

/* times in seconds of the guest's monotonic clock */
struct lease {
	bool limited;           /* there is one, and it ends */
	u32_t length;
	uint64_t renew, rebind, end;    /* T1, T2 and the end */
	uint64_t next;          /* when to ask, or ask again */
};

const bool lease_is_possible = true;

static u8_t data_id;

static uint64_t seconds(void)
{
	return solo5_clock_monotonic() / 1000000000;
}

/* the acknowledgement that dhcp_bind has used since this was last asked, if there was one */
static void lease_take(struct lease *lease, struct dhcp *dhcp)
{
	u32_t renew = dhcp->offered_t1_renew, rebind = dhcp->offered_t2_rebind;
	uint64_t now = seconds(), since = now < SENT_BEFORE ? 0 : now - SENT_BEFORE;

	if (!dhcp->t0_timeout && !dhcp->t1_renew_time && !dhcp->t2_rebind_time)
		return;
	dhcp->t0_timeout = dhcp->t1_renew_time = dhcp->t2_rebind_time = 0;
	lease->length = dhcp->offered_t0_lease;
	lease->limited = lease->length != INFINITE;
	if (renew >= rebind || rebind >= lease->length) {
		renew = lease->length / 2;
		rebind = lease->length - lease->length / 8;
	}
	lease->renew = since + renew;
	lease->rebind = since + rebind;
	lease->end = since + lease->length;
	lease->next = lease->renew;
}

/* half of what is left, but not too often, and not beyond the end of it */
static void retry_choose(struct lease *lease, uint64_t now, uint64_t end)
{
	u32_t least = lease->length / 16 < RETRY_MOST ? lease->length / 16 + 1 : RETRY_MOST;
	uint64_t wait = (end - now) / 2;

	lease->next = now + (wait < least ? least : wait);
	if (lease->next > end)
		lease->next = end;
}

static void lease_follow(struct netif *netif, struct lease *lease, struct dhcp *dhcp)
{
	uint64_t now = seconds();

	/* it was refused, or given up */
	if (ip4_addr_isany(netif_ip4_addr(netif)) || dhcp->state == DHCP_STATE_OFF)
		lease->limited = false;
	if (!lease->limited || now < lease->next)
		return;
	if (now >= lease->end) {
		lease->limited = false;
		dhcp_release_and_stop(netif);
		/* which keeps an address that lwIP was about to confirm */
		netif_set_addr(netif, IP4_ADDR_ANY4, IP4_ADDR_ANY4, IP4_ADDR_ANY4);
		dhcp_start(netif);
	} else if (!dhcp_supplied_address(netif)) {
		/* the link was away, and lwIP asks whether the address still holds */
		lease->next = lease->end;
	} else if (now >= lease->rebind) {
		/* lwIP has no other way to be told so */
		dhcp->t2_rebind_time = 1;
		dhcp_coarse_tmr();
		retry_choose(lease, now, lease->end);
	} else {
		dhcp_renew(netif);
		retry_choose(lease, now, lease->rebind);
	}
}

static struct lease *lease_of(struct netif *netif)
{
	struct lease *lease = netif_get_client_data(netif, data_id);

	if (!lease) {
		lease = mem_calloc(1, sizeof(*lease));
		netif_set_client_data(netif, data_id, lease);
	}
	return lease;
}

static void tick(void *unused)
{
	struct netif *netif;

	sys_timeout(DHCP_FINE_TIMER_MSECS, tick, unused);
	/* all are taken before dhcp_coarse_tmr is called for any */
	NETIF_FOREACH(netif)
		if (netif_dhcp_data(netif) && lease_of(netif))
			lease_take(lease_of(netif), netif_dhcp_data(netif));
	NETIF_FOREACH(netif)
		if (netif_dhcp_data(netif) && lease_of(netif))
			lease_follow(netif, lease_of(netif), netif_dhcp_data(netif));
	dhcp_fine_tmr();
	servers_apply();
}

void lease_start(void)
{
	data_id = netif_alloc_client_data_id();
}

err_t lease_seek(struct netif *netif)
{
	static bool ticks;

	if (!ticks)
		sys_timeout(DHCP_FINE_TIMER_MSECS, tick, NULL);
	ticks = true;
	return dhcp_start(netif);
}
