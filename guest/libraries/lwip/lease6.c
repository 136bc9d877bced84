/* SPDX-License-Identifier: ISC */
/*
 * lease6.c -- leases an address by DHCPv6, or asks only for name servers (RFC 8415)
 *
 * An exchange is one question, repeated with growing waits until it is answered: lease6_ask.c. One timer runs, until
 * the next thing that is due; between a lease and its renewal nothing is.
 *
 * A server, or who says that it is one, may refuse an address over and over, grant it for a second, or grant one
 * that somebody has. None of it makes the client ask more often than PAUSE and RENEW_LEAST have it. An address that is
 * leased is used at once, while lwIP still asks for a second whether somebody has it (RFC 4429).
 */
#include "lease6.h"

#include "lwip/ip.h"
#include "lwip/mem.h"
#include "lwip/timeouts.h"

#include "lease6_state.h"

enum { CLIENT_PORT = 546 };

struct udp_pcb *lease6_control;
static unsigned leases;
static u8_t data_id;

struct lease6 *lease6_of(struct netif *netif)
{
	return leases ? netif_get_client_data(netif, data_id) : NULL;
}

/* servers and relays of this link */
static void receive(void *unused, struct udp_pcb *pcb, struct pbuf *packet, const ip_addr_t *from, u16_t port)
{
	struct netif *netif = ip_current_input_netif();
	struct lease6 *lease = lease6_of(netif);
	u8_t bytes[LEASE6_ANSWER_MOST];
	struct lease6_question question;
	struct lease6_answer answer;

	(void)unused, (void)pcb, (void)port;
	if (lease && lease->sent && packet->tot_len <= sizeof(bytes) && IP_IS_V6(from) && ip6_addr_islinklocal(ip_2_ip6(from)) &&
	    !ip_addr_ismulticast(ip_current_dest_addr())) {
		question = lease6_question_of(lease);
		pbuf_copy_partial(packet, bytes, packet->tot_len, 0);
		if (question.type && lease6_read(&answer, bytes, packet->tot_len, netif, &question)) {
			lease6_answer_take(netif, lease, &answer, &question);
			lease6_tick(netif);
		}
	}
	pbuf_free(packet);
}

/* makes the control block that all leases use; false if lwIP has none left */
static bool control_get(void)
{
	if (lease6_control)
		return true;
	lease6_control = udp_new_ip_type(IPADDR_TYPE_V6);
	if (lease6_control && udp_bind(lease6_control, IP6_ADDR_ANY, CLIENT_PORT) != ERR_OK) {
		udp_remove(lease6_control);
		lease6_control = NULL;
	}
	if (lease6_control)
		udp_recv(lease6_control, receive, NULL);
	return lease6_control;
}

static struct lease6 *lease_get(struct netif *netif)
{
	static bool known;
	struct lease6 *lease = lease6_of(netif);

	if (!known)
		data_id = netif_alloc_client_data_id();
	known = true;
	if (lease || !control_get())
		return lease;
	lease = mem_calloc(1, sizeof(*lease));
	if (!lease)
		return NULL;
	lease->end = lease->next = NEVER;
	netif_set_client_data(netif, data_id, lease);
	leases++;
	return lease;
}

void lease6_advertised(struct netif *netif, u8_t managed, u8_t other)
{
	struct lease6 *lease;

	/* an address was given by hand */
	if (!netif->ip6_autoconfig_enabled || !(managed || other))
		return;
	lease = lease_get(netif);
	if (!lease)
		return;
	if (managed && (lease->state == IDLE || lease->state == INFORM || lease->state == INFORMED))
		lease6_begin(lease, SOLICIT, 0);
	else if (!managed && lease->state == IDLE)
		lease6_begin(lease, INFORM, 0);
	else
		return;
	lease6_tick(netif);
}

void lease6_link_up(struct netif *netif)
{
	struct lease6 *lease = lease6_of(netif);

	if (!lease || lease->state == IDLE)
		return;
	if (lease->state == INFORM || lease->state == INFORMED)
		lease6_begin(lease, INFORM, 0);
	else
		lease6_begin(lease, lease->is_leased ? CONFIRM : SOLICIT, 0);
	lease->has_wish = lease->is_leased;
	lease->wish = lease->address;
	lease6_tick(netif);
}

bool lease6_is_informing(void)
{
	struct netif *netif;

	NETIF_FOREACH(netif)
		if (lease6_of(netif) && lease6_of(netif)->state == INFORM)
			return true;
	return false;
}

void lease6_stop(struct netif *netif)
{
	struct lease6 *lease = lease6_of(netif);

	if (!lease)
		return;
	lease6_drop(netif, lease);
	sys_untimeout(lease6_tick, netif);
	netif_set_client_data(netif, data_id, NULL);
	mem_free(lease);
	if (--leases)
		return;
	udp_remove(lease6_control);
	lease6_control = NULL;
}
