/* SPDX-License-Identifier: ISC */
/* datagram.h -- UDP sockets */
#ifndef SOCKETS_DATAGRAM_H
#define SOCKETS_DATAGRAM_H

#include "buffer.h"
#include "socket.h"

#include "lwip/udp.h"

/* one that was received and not read yet */
struct packet {
	struct packet *next;
	struct address from;
	struct buffer bytes;
};

struct datagram {
	struct socket socket;   /* first */
	struct udp_pcb *pcb;
	struct address bound;   /* what bind said: a socket that is not connected any more has this name again */
	struct packet *first, *last;
	size_t held;            /* bytes of the pool that these take */
	bool in_ended, out_ended;       /* shutdown */
};

static inline struct datagram *datagram_of(struct socket *socket)
{
	return (struct datagram *)socket;
}

static inline bool datagram_is_connected(const struct datagram *datagram)
{
	return datagram->pcb->flags & UDP_FLAGS_CONNECTED;
}

/* makes sure that it has a port; a negative errno if none is left */
long datagram_port_need(struct datagram *datagram);

/* 0 if it may send there; else a negative errno */
long datagram_may_send(const struct datagram *datagram, const ip_addr_t *to);

/* has ICMP's errors told to sockets that are connected to where they come from */
void datagram_errors_start(void);

void datagram_errors6_start(void);

/* the names of a datagram that a message of ICMP quotes */
struct quote {
	struct address from, to;
};

/* tells the socket that sent it */
void datagram_quote_tell(const struct quote *quote, int error);

/* lwIP's callback */
void datagram_received(void *argument, struct udp_pcb *pcb, struct pbuf *packet, const ip_addr_t *ip, u16_t port);

/* forgets what was not read */
void datagram_drop(struct datagram *datagram);

/* of the protocol's table */
long datagram_bind(struct socket *socket, const struct address *address);
long datagram_connect(struct socket *socket, const struct address *address, bool wait);
long datagram_send(struct socket *socket, const struct iovec *parts, int count, int flags, const struct address *to);
long datagram_receive(struct socket *socket, const struct iovec *parts, int count, int *flags, struct address *from);

#endif
