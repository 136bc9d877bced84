/* SPDX-License-Identifier: ISC */
/* lease6_answer.c -- what the answers of DHCPv6's servers make of a lease */
#include <string.h>

#include "lease6_state.h"

static const u32_t REFRESH = 86400;     /* seconds: RFC 8415, 21.23 */

enum { RENEW_LEAST = 5 * SECOND };

/* the server's choice, unless it is none or no use */
static u64_t time_choose(u64_t start, u32_t said, u32_t valid, u32_t ours)
{
	return lease6_after(start, said && said < valid ? said : ours);
}

static void bind(struct netif *netif, struct lease6 *lease, const struct lease6_answer *answer)
{
	u64_t start = lease6_now();
	u32_t base = answer->preferred ? answer->preferred : answer->valid;
	bool is_infinite = base == LEASE6_INFINITE;
	ip6_addr_t address = answer->address;

	ip6_addr_assign_zone(&address, IP6_UNICAST, netif);
	if (lease->is_leased && !ip6_addr_cmp(&address, &lease->address))
		lease6_drop(netif, lease);
	lease->address = lease->wish = address;
	lease->is_leased = lease->has_wish = true;
	lease->server = answer->server;
	lease->end = lease6_after(start, answer->valid);
	lease->renew = time_choose(start, answer->renew, answer->valid, is_infinite ? base : base / 2);
	lease->rebind = time_choose(start, answer->rebind, answer->valid, is_infinite ? base : base - base / 5);
	lease->renew = LWIP_MAX(lease->renew, start + RENEW_LEAST);
	lease->rebind = LWIP_MAX(lease->rebind, lease->renew);
	lease6_begin(lease, BOUND, 0);
	if (lease6_address_use(netif, &lease->address, answer))
		return;
	/* lwIP has as many addresses as it can; one of them may end */
	lease->is_leased = false;
	lease->end = NEVER;
	lease6_begin(lease, SOLICIT, 60 * SECOND);
}

static void refusal_take(struct netif *netif, struct lease6 *lease, const struct lease6_answer *answer)
{
	bool is_renewal = lease->state == RENEW || lease->state == REBIND;

	if (answer->status == LEASE6_NOT_ON_LINK || answer->ends) {
		lease6_restart(netif, lease, false);
	} else if (is_renewal && answer->status == LEASE6_NO_BINDING) {
		/* it may have lost its memory */
		lease->server = answer->server;
		lease6_begin(lease, REQUEST, 0);
	} else if (!is_renewal) {
		lease6_restart(netif, lease, true);
	}
}

static void offer_take(struct lease6 *lease, const struct lease6_answer *answer)
{
	if (answer->status != LEASE6_SUCCESS || !answer->has_address || answer->preference <= lease->preference)
		return;
	lease->preference = answer->preference;
	lease->server = answer->server;
	lease->wish = answer->address;
	lease->has_wish = true;
	/* others get the time of the first wait to offer more */
	if (answer->preference == 255 || lease->sent > 1)
		lease->next = lease6_now();
}

static void reply_take(struct netif *netif, struct lease6 *lease, const struct lease6_answer *answer)
{
	switch (lease->state) {
	case CONFIRM:
		if (answer->status == LEASE6_NOT_ON_LINK)
			lease6_restart(netif, lease, false);
		else if (answer->status == LEASE6_SUCCESS)
			lease6_begin(lease, BOUND, 0);
		break;
	case DECLINE:
		lease6_restart(netif, lease, false);
		break;
	case INFORM:
		lease6_names_use(netif, &lease->names, answer);
		lease6_begin(lease, INFORMED, 0);
		lease->next = lease6_after(lease6_now(), answer->refresh ? answer->refresh : REFRESH);
		break;
	default:
		if (answer->status != LEASE6_SUCCESS || !answer->has_address) {
			refusal_take(netif, lease, answer);
		} else {
			lease6_names_use(netif, &lease->names, answer);
			bind(netif, lease, answer);
		}
	}
}

static bool is_from(const struct lease6_answer *answer, const struct lease6_server *server)
{
	return answer->server.size == server->size && !memcmp(answer->server.id, server->id, server->size);
}

void lease6_answer_take(struct netif *netif, struct lease6 *lease, const struct lease6_answer *answer, const struct lease6_question *question)
{
	if (answer->solicit_most)
		lease->solicit_most = answer->solicit_most * SECOND;
	if (answer->inform_most)
		lease->inform_most = answer->inform_most * SECOND;
	if (question->server && !is_from(answer, question->server))
		return;
	if (lease->state == SOLICIT && answer->type == LEASE6_ADVERTISE)
		offer_take(lease, answer);
	else if (answer->type == LEASE6_REPLY && (lease->state != SOLICIT || answer->rapid))
		reply_take(netif, lease, answer);
}
