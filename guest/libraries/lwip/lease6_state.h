/* SPDX-License-Identifier: ISC */
/* lease6_state.h -- a lease of DHCPv6, and the steps that the files lease6*.c take with it */
#ifndef LEASE6_STATE_H
#define LEASE6_STATE_H

#include "lwip/udp.h"

#include "lease6_message.h"
#include "lease6_use.h"

enum { SECOND = 1000 };         /* milliseconds, as are all times here */

static const u64_t NEVER = ~(u64_t)0;

enum lease6_state { IDLE, SOLICIT, REQUEST, CONFIRM, BOUND, RENEW, REBIND, DECLINE, INFORM, INFORMED, STATES };

/* one question, repeated with growing waits until it is answered: RFC 8415, 7.6 */
struct lease6_exchange {
	enum lease6_type type;          /* 0: there is nothing to ask */
	u32_t first, most;              /* waits */
	unsigned tries;                 /* 0: any number */
	u32_t delay;                    /* before the first */
};

extern const struct lease6_exchange lease6_exchanges[STATES];

/* times are of the guest's monotonic clock */
struct lease6 {
	enum lease6_state state;
	u32_t transaction;
	u32_t wait;                     /* the last one */
	unsigned sent;                  /* how often the question was asked */
	u64_t began;                    /* when it was asked first */
	u64_t next;                     /* when it is asked again, or information is */
	u32_t solicit_most, inform_most;
	bool has_wish, is_leased;
	int preference;                 /* of the server that has offered an address; below 0: none has */
	struct lease6_server server;
	ip6_addr_t wish;                /* what is asked for */
	ip6_addr_t address;             /* what is leased */
	u64_t renew, rebind, end;
	struct lease6_names names;
};

/* the control block of all leases */
extern struct udp_pcb *lease6_control;

/* the interface's; NULL: it has none */
struct lease6 *lease6_of(struct netif *netif);

u64_t lease6_now(void);

/* the time so many seconds after another, which may be infinitely many */
u64_t lease6_after(u64_t start, u32_t seconds);

/* the lease's next state; what it asks is asked after a pause */
void lease6_begin(struct lease6 *lease, enum lease6_state state, u32_t pause);

/* asks all servers, after a pause; for the leased address, if the lease keeps it */
void lease6_restart(struct netif *netif, struct lease6 *lease, bool keeps);

/* gives the leased address up, if there is one */
void lease6_drop(struct netif *netif, struct lease6 *lease);

/* where the interface has the leased address; below 0: nowhere */
int lease6_place(struct netif *netif, const struct lease6 *lease);

/* the question that is asked now, of which an answer reminds */
struct lease6_question lease6_question_of(const struct lease6 *lease);

/* what is due is the next question, or the end of an exchange */
void lease6_next(struct netif *netif, struct lease6 *lease);

/* what a server says, which answers the question */
void lease6_answer_take(struct netif *netif, struct lease6 *lease, const struct lease6_answer *answer, const struct lease6_question *question);

/* for sys_timeout: does what is due for an interface's lease, and sets the timer for what is due next */
void lease6_tick(void *netif);

#endif
