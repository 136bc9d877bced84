/* SPDX-License-Identifier: ISC */
/* datagram.h -- UDP sockets */
#ifndef SOCKETS_DATAGRAM_H
#define SOCKETS_DATAGRAM_H

#include "buffer.h"
#include "socket.h"

#include "lwip/udp.h"

/* a received datagram that was not read yet */
struct packet {
	struct packet *next;
	struct arrival arrival;
	struct buffer bytes;
};

struct datagram {
	struct socket socket;   /* first */
	struct udp_pcb *pcb;
	struct address bound;   /* the name from bind, which a socket has again when it is disconnected */
	struct packet *first, *last;
	size_t held;            /* bytes of the pool in use by these */
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

/* gives it a port if it has none; a negative errno if none is free */
long datagram_port_need(struct datagram *datagram);

/* 0 if it may send there; otherwise a negative errno */
long datagram_may_send(const struct datagram *datagram, const ip_addr_t *to);

/* starts to report ICMP errors to connected sockets */
void datagram_errors_start(void);

void datagram_errors6_start(void);

/* the addresses of a datagram that an ICMP message quotes */
struct quote {
	struct address from, to;
};

/* reports the error to the socket that sent it */
void datagram_quote_tell(const struct quote *quote, int error);

/* lwIP's callback */
void datagram_received(void *argument, struct udp_pcb *pcb, struct pbuf *packet, const ip_addr_t *ip, u16_t port);

/* what the header says of a packet of IPv6 that lwIP is at */
void datagram6_header(struct arrival *arrival);

/* drops unread datagrams */
void datagram_drop(struct datagram *datagram);

/* of the protocol's table */
long datagram_bind(struct socket *socket, const struct address *address);
long datagram_connect(struct socket *socket, const struct address *address, bool wait);
long datagram_send(struct socket *socket, const struct iovec *parts, int count, int flags, const struct address *to,
		   const struct manner *manner);
long datagram_receive(struct socket *socket, const struct iovec *parts, int count, int *flags, struct arrival *arrival);

#endif
