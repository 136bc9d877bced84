/* SPDX-License-Identifier: ISC */
/* lease6_state.c -- the states of a lease of DHCPv6, what each asks, and how one gets from one to another */
#include <solo5.h>

#include "lease6_state.h"

enum {
	DELAY = 1 * SECOND,             /* at most; so that those who start at the same time don't ask at the same time */
	PAUSE = 5 * SECOND,             /* before it asks again who was refused */
};

const struct lease6_exchange lease6_exchanges[STATES] = {
	[SOLICIT] = {LEASE6_SOLICIT, 1 * SECOND, 3600 * SECOND, 0, DELAY},
	[REQUEST] = {LEASE6_REQUEST, 1 * SECOND, 30 * SECOND, 10, 0},
	[CONFIRM] = {LEASE6_CONFIRM, 1 * SECOND, 4 * SECOND, 0, DELAY},
	[RENEW] = {LEASE6_RENEW, 10 * SECOND, 600 * SECOND, 0, 0},
	[REBIND] = {LEASE6_REBIND, 10 * SECOND, 600 * SECOND, 0, 0},
	[DECLINE] = {LEASE6_DECLINE, 1 * SECOND, 8 * SECOND, 4, 0},
	[INFORM] = {LEASE6_INFORMATION, 1 * SECOND, 3600 * SECOND, 0, DELAY},
};

u64_t lease6_now(void)
{
	return solo5_clock_monotonic() / 1000000;
}

u64_t lease6_after(u64_t start, u32_t seconds)
{
	return seconds == LEASE6_INFINITE ? NEVER : start + (u64_t)seconds * SECOND;
}

void lease6_begin(struct lease6 *lease, enum lease6_state state, u32_t pause)
{
	const struct lease6_exchange *exchange = &lease6_exchanges[state];

	lease->state = state;
	lease->sent = 0;
	lease->preference = -1;
	lease->transaction = LWIP_RAND() & 0xffffff;
	lease->next = exchange->type ? lease6_now() + pause + (exchange->delay ? LWIP_RAND() % exchange->delay : 0) : NEVER;
}

int lease6_place(struct netif *netif, const struct lease6 *lease)
{
	return lease->is_leased ? netif_get_ip6_addr_match(netif, &lease->address) : -1;
}

void lease6_drop(struct netif *netif, struct lease6 *lease)
{
	if (lease->is_leased)
		lease6_address_drop(netif, &lease->address);
	lease->is_leased = false;
	lease->end = NEVER;
}

void lease6_restart(struct netif *netif, struct lease6 *lease, bool keeps)
{
	if (!keeps)
		lease6_drop(netif, lease);
	lease->has_wish = lease->is_leased;
	lease6_begin(lease, SOLICIT, PAUSE);
}
