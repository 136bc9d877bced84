/* SPDX-License-Identifier: ISC */
/* lease6_ask.c -- asks servers of DHCPv6, again and again until they answer */
#include "lwip/ip.h"

#include "lease6_state.h"

enum {
	SERVER_PORT = 547,
	LOOK = SECOND / 4,              /* whether there is a carrier, and an address to ask from */
};

/* of a wait, up to a tenth more or less */
static u32_t spread(u32_t wait, bool more)
{
	u32_t most = wait / 10, by = LWIP_RAND() % (most + 1);

	return more || LWIP_RAND() & 1 ? wait + by : wait - by;
}

struct lease6_question lease6_question_of(const struct lease6 *lease)
{
	bool is_to_one = lease->state == REQUEST || lease->state == RENEW || lease->state == DECLINE;
	u64_t elapsed = lease->sent ? (lease6_now() - lease->began) / 10 : 0;

	return (struct lease6_question){
		.type = lease6_exchanges[lease->state].type, .transaction = lease->transaction, .elapsed = (u16_t)LWIP_MIN(elapsed, 0xffff),
		.server = is_to_one ? &lease->server : NULL, .address = lease->has_wish ? &lease->wish : NULL,
	};
}

static bool can_send(const struct netif *netif)
{
	return netif_is_up(netif) && netif_is_link_up(netif) && ip6_addr_isvalid(netif_ip6_addr_state(netif, 0));
}

static void send(struct netif *netif, const struct lease6 *lease, const struct lease6_question *question)
{
	ip_addr_t to = IPADDR6_INIT_HOST(0xff020000, 0, 0, 0x00010002);
	u8_t bytes[LEASE6_QUESTION_MOST];
	size_t size = lease6_write(bytes, netif, question);
	struct pbuf *packet = pbuf_alloc(PBUF_TRANSPORT, (u16_t)size, PBUF_RAM);

	if (!packet)
		return;
	pbuf_take(packet, bytes, (u16_t)size);
	ip6_addr_assign_zone(ip_2_ip6(&to), IP6_MULTICAST, netif);
	udp_sendto_if_src(lease6_control, packet, &to, SERVER_PORT, netif, netif_ip_addr6(netif, 0));
	pbuf_free(packet);
}

static u32_t most_of(const struct lease6 *lease)
{
	if (lease->state == SOLICIT && lease->solicit_most)
		return lease->solicit_most;
	if (lease->state == INFORM && lease->inform_most)
		return lease->inform_most;
	return lease6_exchanges[lease->state].most;
}

static void ask(struct netif *netif, struct lease6 *lease)
{
	const struct lease6_exchange *exchange = &lease6_exchanges[lease->state];
	struct lease6_question question;
	u32_t most = most_of(lease);

	if (!can_send(netif)) {
		lease->next = lease6_now() + LOOK;
		return;
	}
	if (!lease->sent)
		lease->began = lease6_now();
	question = lease6_question_of(lease);
	send(netif, lease, &question);
	/* the first wait for offers is only ever lengthened (RFC 8415, 18.2.1) */
	lease->wait = !lease->sent ? spread(exchange->first, lease->state == SOLICIT) :
		lease->wait > most / 2 ? spread(most, false) : lease->wait + spread(lease->wait, false);
	lease->sent++;
	lease->next = lease6_now() + lease->wait;
}

void lease6_next(struct netif *netif, struct lease6 *lease)
{
	const struct lease6_exchange *exchange = &lease6_exchanges[lease->state];

	if (lease->state == SOLICIT && lease->preference >= 0) {
		lease6_begin(lease, REQUEST, 0);
		ask(netif, lease);
	} else if (lease->state == INFORMED) {
		lease6_begin(lease, INFORM, 0);
	} else if (exchange->tries && lease->sent >= exchange->tries) {
		lease6_restart(netif, lease, lease->state != DECLINE);
	} else if (exchange->type) {
		ask(netif, lease);
	}
}
