/* SPDX-License-Identifier: ISC */
/* lease6_due.c -- what is due for a lease of DHCPv6: its renewal, its end, the next question */
#include "lwip/timeouts.h"

#include "lease6_state.h"

enum {
	CONFIRM_MOST = 10 * SECOND,
	SLEEP_MOST = 3600 * SECOND,
};

static void lease_follow(struct netif *netif, struct lease6 *lease, u64_t time)
{
	int at = lease6_place(netif, lease);

	if (at > 0 && ip6_addr_isduplicated(netif_ip6_addr_state(netif, at))) {
		lease6_drop(netif, lease);
		lease6_begin(lease, DECLINE, 0);
	} else if (lease->is_leased && time >= lease->end) {
		lease6_restart(netif, lease, false);
	} else if (lease->state == CONFIRM && lease->sent && time >= lease->began + CONFIRM_MOST) {
		/* a server that has an objection says so (RFC 8415, 18.2.3) */
		lease6_begin(lease, BOUND, 0);
	} else if ((lease->state == BOUND || lease->state == RENEW) && time >= lease->rebind) {
		lease6_begin(lease, REBIND, 0);
	} else if (lease->state == BOUND && time >= lease->renew) {
		lease6_begin(lease, RENEW, 0);
	}
}

/* when something is due */
static u64_t due(struct netif *netif, const struct lease6 *lease, u64_t time)
{
	int at = lease6_place(netif, lease);
	u64_t least = lease->next;

	if (lease->is_leased)
		least = LWIP_MIN(least, lease->end);
	if (lease->state == BOUND)
		least = LWIP_MIN(least, lease->renew);
	if (lease->state == RENEW)
		least = LWIP_MIN(least, lease->rebind);
	if (lease->state == CONFIRM && lease->sent)
		least = LWIP_MIN(least, lease->began + CONFIRM_MOST);
	/* whether somebody has it */
	if (at > 0 && ip6_addr_istentative(netif_ip6_addr_state(netif, at)))
		least = LWIP_MIN(least, time + SECOND);
	return least;
}

void lease6_tick(void *data)
{
	struct netif *netif = data;
	struct lease6 *lease = lease6_of(netif);
	u64_t time = lease6_now(), least;

	lease_follow(netif, lease, time);
	if (time >= lease->next)
		lease6_next(netif, lease);
	least = due(netif, lease, time);
	least = least > time ? least - time : 1;
	sys_untimeout(lease6_tick, netif);
	sys_timeout((u32_t)LWIP_MIN(least, SLEEP_MOST), lease6_tick, netif);
}
