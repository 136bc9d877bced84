/* SPDX-License-Identifier: ISC */
/*
 * lease6.c -- leases an address by DHCPv6, or asks only for name servers (RFC 8415)
 *
 * An exchange is one question, repeated with growing waits until it is answered: exchanges[]. One timer runs, until
 * the next thing that is due; between a lease and its renewal nothing is.
 *
 * A server, or who says that it is one, may refuse an address over and over, grant it for a second, or grant one
 * that somebody has. None of it makes the client ask more often than PAUSE and RENEW_LEAST have it. An address that is
 * leased is used at once, while lwIP still asks for a second whether somebody has it (RFC 4429).
 */
#include "lease6.h"

#include <solo5.h>
#include <string.h>

#include "lwip/ip.h"
#include "lwip/mem.h"
#include "lwip/timeouts.h"
#include "lwip/udp.h"

#include "lease6_message.h"
#include "lease6_use.h"

enum { CLIENT_PORT = 546, SERVER_PORT = 547, SECOND = 1000 };

/* in milliseconds */
enum {
	DELAY = 1 * SECOND,             /* at most; so that those who start at the same time don't ask at the same time */
	PAUSE = 5 * SECOND,             /* before it asks again who was refused */
	LOOK = SECOND / 4,              /* whether there is a carrier, and an address to ask from */
	CONFIRM_MOST = 10 * SECOND,
	RENEW_LEAST = 5 * SECOND,
	SLEEP_MOST = 3600 * SECOND,
};

static const u64_t NEVER = ~(u64_t)0;
static const u32_t REFRESH = 86400;     /* seconds: RFC 8415, 21.23 */

enum state { IDLE, SOLICIT, REQUEST, CONFIRM, BOUND, RENEW, REBIND, DECLINE, INFORM, INFORMED, STATES };

/* RFC 8415, 7.6 */
struct exchange {
	enum lease6_type type;          /* 0: there is nothing to ask */
	u32_t first, most;              /* waits, in milliseconds */
	unsigned tries;                 /* 0: any number */
	u32_t delay;                    /* before the first */
};

static const struct exchange exchanges[STATES] = {
	[SOLICIT] = {LEASE6_SOLICIT, 1 * SECOND, 3600 * SECOND, 0, DELAY},
	[REQUEST] = {LEASE6_REQUEST, 1 * SECOND, 30 * SECOND, 10, 0},
	[CONFIRM] = {LEASE6_CONFIRM, 1 * SECOND, 4 * SECOND, 0, DELAY},
	[RENEW] = {LEASE6_RENEW, 10 * SECOND, 600 * SECOND, 0, 0},
	[REBIND] = {LEASE6_REBIND, 10 * SECOND, 600 * SECOND, 0, 0},
	[DECLINE] = {LEASE6_DECLINE, 1 * SECOND, 8 * SECOND, 4, 0},
	[INFORM] = {LEASE6_INFORMATION, 1 * SECOND, 3600 * SECOND, 0, DELAY},
};

/* times are milliseconds of the guest's monotonic clock */
struct lease6 {
	enum state state;
	u32_t transaction;
	u32_t wait;                     /* the last one */
	unsigned sent;                  /* how often the question was asked */
	u64_t began;                    /* when it was asked first */
	u64_t next;                     /* when it is asked again, or information is */
	u64_t confirmed;                /* when there was time enough to object to an address */
	u32_t solicit_most, inform_most;
	bool has_wish, is_leased;
	int preference;                 /* of the server that has offered an address; below 0: none has */
	struct lease6_server server;
	ip6_addr_t wish;                /* what is asked for */
	ip6_addr_t address;             /* what is leased */
	u64_t renew, rebind, end;
	struct lease6_names names;
};

static struct udp_pcb *control; /* one for all leases */
static unsigned leases;
static u8_t data_id;

static void tick(void *netif);

static u64_t now(void)
{
	return solo5_clock_monotonic() / 1000000;
}

static u64_t seconds_after(u64_t start, u32_t seconds)
{
	return seconds == LEASE6_INFINITE ? NEVER : start + (u64_t)seconds * SECOND;
}

/* of a wait, up to a tenth more or less */
static u32_t spread(u32_t wait, bool more)
{
	u32_t most = wait / 10, by = LWIP_RAND() % (most + 1);

	return more || LWIP_RAND() & 1 ? wait + by : wait - by;
}

static struct lease6 *lease_of(struct netif *netif)
{
	return leases ? netif_get_client_data(netif, data_id) : NULL;
}

static void state_begin(struct lease6 *lease, enum state state, u32_t pause)
{
	lease->state = state;
	lease->sent = 0;
	lease->preference = -1;
	lease->transaction = LWIP_RAND() & 0xffffff;
	lease->next = exchanges[state].type ? now() + pause + (exchanges[state].delay ? LWIP_RAND() % exchanges[state].delay : 0) : NEVER;
}

/* where the interface has the leased address; below 0: nowhere */
static int place_of(struct netif *netif, const struct lease6 *lease)
{
	return lease->is_leased ? netif_get_ip6_addr_match(netif, &lease->address) : -1;
}

static void address_drop(struct netif *netif, struct lease6 *lease)
{
	if (lease->is_leased)
		lease6_address_drop(netif, &lease->address);
	lease->is_leased = false;
	lease->end = NEVER;
}

/* the server's choice, unless it is none or no use */
static u64_t time_choose(u64_t start, u32_t said, u32_t valid, u32_t ours)
{
	return seconds_after(start, said && said < valid ? said : ours);
}

static void bind(struct netif *netif, struct lease6 *lease, const struct lease6_answer *answer)
{
	u64_t start = now();
	u32_t base = answer->preferred ? answer->preferred : answer->valid;
	bool is_infinite = base == LEASE6_INFINITE;
	ip6_addr_t address = answer->address;

	ip6_addr_assign_zone(&address, IP6_UNICAST, netif);
	if (lease->is_leased && !ip6_addr_cmp(&address, &lease->address))
		address_drop(netif, lease);
	lease->address = lease->wish = address;
	lease->is_leased = lease->has_wish = true;
	lease->server = answer->server;
	lease->end = seconds_after(start, answer->valid);
	lease->renew = time_choose(start, answer->renew, answer->valid, is_infinite ? base : base / 2);
	lease->rebind = time_choose(start, answer->rebind, answer->valid, is_infinite ? base : base - base / 5);
	lease->renew = LWIP_MAX(lease->renew, start + RENEW_LEAST);
	lease->rebind = LWIP_MAX(lease->rebind, lease->renew);
	state_begin(lease, BOUND, 0);
	if (lease6_address_use(netif, &lease->address, answer))
		return;
	/* lwIP has as many addresses as it can; one of them may end */
	lease->is_leased = false;
	lease->end = NEVER;
	state_begin(lease, SOLICIT, 60 * SECOND);
}

static void restart(struct netif *netif, struct lease6 *lease, bool keeps)
{
	if (!keeps)
		address_drop(netif, lease);
	lease->has_wish = lease->is_leased;
	state_begin(lease, SOLICIT, PAUSE);
}

static void refusal_take(struct netif *netif, struct lease6 *lease, const struct lease6_answer *answer)
{
	bool is_renewal = lease->state == RENEW || lease->state == REBIND;

	if (answer->status == LEASE6_NOT_ON_LINK || answer->ends) {
		restart(netif, lease, false);
	} else if (is_renewal && answer->status == LEASE6_NO_BINDING) {
		/* it may have lost its memory */
		lease->server = answer->server;
		state_begin(lease, REQUEST, 0);
	} else if (!is_renewal) {
		restart(netif, lease, true);
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
		lease->next = now();
}

static void reply_take(struct netif *netif, struct lease6 *lease, const struct lease6_answer *answer)
{
	switch (lease->state) {
	case CONFIRM:
		if (answer->status == LEASE6_NOT_ON_LINK)
			restart(netif, lease, false);
		else if (answer->status == LEASE6_SUCCESS)
			state_begin(lease, BOUND, 0);
		break;
	case DECLINE:
		restart(netif, lease, false);
		break;
	case INFORM:
		lease6_names_use(netif, &lease->names, answer);
		state_begin(lease, INFORMED, 0);
		lease->next = seconds_after(now(), answer->refresh ? answer->refresh : REFRESH);
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

/* the question that is asked now, of which an answer reminds */
static struct lease6_question question_of(const struct lease6 *lease)
{
	bool is_to_one = lease->state == REQUEST || lease->state == RENEW || lease->state == DECLINE;
	u64_t elapsed = lease->sent ? (now() - lease->began) / 10 : 0;

	return (struct lease6_question){
		.type = exchanges[lease->state].type, .transaction = lease->transaction, .elapsed = (u16_t)LWIP_MIN(elapsed, 0xffff),
		.server = is_to_one ? &lease->server : NULL, .address = lease->has_wish ? &lease->wish : NULL,
	};
}

static bool is_from(const struct lease6_answer *answer, const struct lease6_server *server)
{
	return answer->server.size == server->size && !memcmp(answer->server.id, server->id, server->size);
}

static void answer_take(struct netif *netif, struct lease6 *lease, const struct lease6_answer *answer, const struct lease6_question *question)
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

/* servers and relays of this link */
static void receive(void *unused, struct udp_pcb *pcb, struct pbuf *packet, const ip_addr_t *from, u16_t port)
{
	struct netif *netif = ip_current_input_netif();
	struct lease6 *lease = lease_of(netif);
	u8_t bytes[LEASE6_ANSWER_MOST];
	struct lease6_question question;
	struct lease6_answer answer;

	(void)unused, (void)pcb, (void)port;
	if (lease && lease->sent && packet->tot_len <= sizeof(bytes) && IP_IS_V6(from) && ip6_addr_islinklocal(ip_2_ip6(from)) &&
	    !ip_addr_ismulticast(ip_current_dest_addr())) {
		question = question_of(lease);
		pbuf_copy_partial(packet, bytes, packet->tot_len, 0);
		if (question.type && lease6_read(&answer, bytes, packet->tot_len, netif, &question)) {
			answer_take(netif, lease, &answer, &question);
			tick(netif);
		}
	}
	pbuf_free(packet);
}

static bool can_send(const struct netif *netif)
{
	return netif_is_up(netif) && netif_is_link_up(netif) && ip6_addr_isvalid(netif_ip6_addr_state(netif, 0));
}

static void send(struct netif *netif, const struct lease6_question *question)
{
	ip_addr_t to = IPADDR6_INIT_HOST(0xff020000, 0, 0, 0x00010002);
	u8_t bytes[LEASE6_QUESTION_MOST];
	size_t size = lease6_write(bytes, netif, question);
	struct pbuf *packet = pbuf_alloc(PBUF_TRANSPORT, (u16_t)size, PBUF_RAM);

	if (!packet)
		return;
	pbuf_take(packet, bytes, (u16_t)size);
	ip6_addr_assign_zone(ip_2_ip6(&to), IP6_MULTICAST, netif);
	udp_sendto_if_src(control, packet, &to, SERVER_PORT, netif, netif_ip_addr6(netif, 0));
	pbuf_free(packet);
}

static u32_t most_of(const struct lease6 *lease)
{
	if (lease->state == SOLICIT && lease->solicit_most)
		return lease->solicit_most;
	if (lease->state == INFORM && lease->inform_most)
		return lease->inform_most;
	return exchanges[lease->state].most;
}

static void ask(struct netif *netif, struct lease6 *lease)
{
	const struct exchange *exchange = &exchanges[lease->state];
	struct lease6_question question;
	u32_t most = most_of(lease);

	if (!can_send(netif)) {
		lease->next = now() + LOOK;
		return;
	}
	if (!lease->sent)
		lease->began = now();
	question = question_of(lease);
	send(netif, &question);
	/* the first wait for offers is only ever lengthened (RFC 8415, 18.2.1) */
	lease->wait = !lease->sent ? spread(exchange->first, lease->state == SOLICIT) :
		lease->wait > most / 2 ? spread(most, false) : lease->wait + spread(lease->wait, false);
	lease->sent++;
	lease->next = now() + lease->wait;
}

/* what is due is the next question, or the end of an exchange */
static void next_take(struct netif *netif, struct lease6 *lease)
{
	const struct exchange *exchange = &exchanges[lease->state];

	if (lease->state == SOLICIT && lease->preference >= 0) {
		state_begin(lease, REQUEST, 0);
		ask(netif, lease);
	} else if (lease->state == INFORMED) {
		state_begin(lease, INFORM, 0);
	} else if (exchange->tries && lease->sent >= exchange->tries) {
		restart(netif, lease, lease->state != DECLINE);
	} else if (exchange->type) {
		ask(netif, lease);
	}
}

static void lease_follow(struct netif *netif, struct lease6 *lease, u64_t time)
{
	int at = place_of(netif, lease);

	if (at > 0 && ip6_addr_isduplicated(netif_ip6_addr_state(netif, at))) {
		address_drop(netif, lease);
		state_begin(lease, DECLINE, 0);
	} else if (lease->is_leased && time >= lease->end) {
		restart(netif, lease, false);
	} else if (lease->state == CONFIRM && lease->sent && time >= lease->began + CONFIRM_MOST) {
		/* a server that has an objection says so (RFC 8415, 18.2.3) */
		state_begin(lease, BOUND, 0);
	} else if ((lease->state == BOUND || lease->state == RENEW) && time >= lease->rebind) {
		state_begin(lease, REBIND, 0);
	} else if (lease->state == BOUND && time >= lease->renew) {
		state_begin(lease, RENEW, 0);
	}
}

/* when something is due */
static u64_t due(struct netif *netif, const struct lease6 *lease, u64_t time)
{
	int at = place_of(netif, lease);
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

static void tick(void *data)
{
	struct netif *netif = data;
	struct lease6 *lease = lease_of(netif);
	u64_t time = now(), least;

	lease_follow(netif, lease, time);
	if (time >= lease->next)
		next_take(netif, lease);
	least = due(netif, lease, time);
	least = least > time ? least - time : 1;
	sys_untimeout(tick, netif);
	sys_timeout((u32_t)LWIP_MIN(least, SLEEP_MOST), tick, netif);
}

/* makes the control block that all leases use; false if lwIP has none left */
static bool control_get(void)
{
	if (control)
		return true;
	control = udp_new_ip_type(IPADDR_TYPE_V6);
	if (control && udp_bind(control, IP6_ADDR_ANY, CLIENT_PORT) != ERR_OK) {
		udp_remove(control);
		control = NULL;
	}
	if (control)
		udp_recv(control, receive, NULL);
	return control;
}

static struct lease6 *lease_get(struct netif *netif)
{
	static bool known;
	struct lease6 *lease = lease_of(netif);

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
		state_begin(lease, SOLICIT, 0);
	else if (!managed && lease->state == IDLE)
		state_begin(lease, INFORM, 0);
	else
		return;
	tick(netif);
}

void lease6_link_up(struct netif *netif)
{
	struct lease6 *lease = lease_of(netif);

	if (!lease || lease->state == IDLE)
		return;
	if (lease->state == INFORM || lease->state == INFORMED)
		state_begin(lease, INFORM, 0);
	else
		state_begin(lease, lease->is_leased ? CONFIRM : SOLICIT, 0);
	lease->has_wish = lease->is_leased;
	lease->wish = lease->address;
	tick(netif);
}

bool lease6_is_informing(void)
{
	struct netif *netif;

	NETIF_FOREACH(netif)
		if (lease_of(netif) && lease_of(netif)->state == INFORM)
			return true;
	return false;
}

void lease6_stop(struct netif *netif)
{
	struct lease6 *lease = lease_of(netif);

	if (!lease)
		return;
	address_drop(netif, lease);
	sys_untimeout(tick, netif);
	netif_set_client_data(netif, data_id, NULL);
	mem_free(lease);
	if (--leases)
		return;
	udp_remove(control);
	control = NULL;
}
