/* SPDX-License-Identifier: ISC */
/* lease6_message.h -- messages of DHCPv6 (RFC 8415): a client's, and what servers answer */
#ifndef LEASE6_MESSAGE_H
#define LEASE6_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "names.h"

#include "lwip/ip6_addr.h"
#include "lwip/netif.h"

enum lease6_type {
	LEASE6_SOLICIT = 1, LEASE6_ADVERTISE, LEASE6_REQUEST, LEASE6_CONFIRM, LEASE6_RENEW, LEASE6_REBIND, LEASE6_REPLY,
	LEASE6_DECLINE = 9, LEASE6_INFORMATION = 11,
};

enum lease6_status { LEASE6_SUCCESS, LEASE6_FAILURE, LEASE6_NO_ADDRESS, LEASE6_NO_BINDING, LEASE6_NOT_ON_LINK };

enum {
	LEASE6_ID_MOST = 130,           /* of a server */
	LEASE6_QUESTION_MOST = 256,     /* a message that lease6_write makes */
	LEASE6_ANSWER_MOST = 1452,      /* of one frame; longer ones are not looked at */
	LEASE6_SERVERS = 3,
};

static const u32_t LEASE6_INFINITE = 0xffffffff;

/* how servers are known */
struct lease6_server {
	u16_t size;                     /* 0: none */
	u8_t id[LEASE6_ID_MOST];
};

struct lease6_question {
	enum lease6_type type;
	u32_t transaction;
	u16_t elapsed;                  /* hundredths of a second, since the first of its kind */
	const struct lease6_server *server;     /* the one that is meant; NULL: any */
	const ip6_addr_t *address;      /* that is asked for, or told of; NULL: any */
};

/* times in seconds; addresses are usable as such: no multicast ones, for example */
struct lease6_answer {
	enum lease6_type type;
	struct lease6_server server;
	u8_t preference;
	bool rapid;                     /* the server answers a solicitation with a lease */
	u16_t status;                   /* of the message, or else of its addresses */
	bool has_address;               /* the one that was asked for, or else the first */
	bool ends;                      /* the one that was asked for has no time left */
	ip6_addr_t address;
	u32_t renew, rebind;            /* 0: as the client likes */
	u32_t preferred, valid;
	ip6_addr_t names[LEASE6_SERVERS];       /* name servers */
	unsigned names_count;
	u32_t refresh;                  /* when to ask for information again; 0: not said */
	u32_t solicit_most, inform_most;        /* longest wait between messages; 0: not said */
};

/* of the interface; its size */
size_t lease6_write(u8_t bytes[LEASE6_QUESTION_MOST], const struct netif *netif, const struct lease6_question *question);

/* false if it is malformed, or doesn't answer the question */
bool lease6_read(struct lease6_answer *answer, const u8_t *bytes, size_t size, const struct netif *netif,
		 const struct lease6_question *question);

#endif
