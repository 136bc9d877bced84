/* SPDX-License-Identifier: ISC */
/*
 * channel.h -- the transport of a connection
 *
 * plain.c sends plain text; tls.c encrypts it. A manifest names one of them.
 */
#ifndef CHANNEL_H
#define CHANNEL_H

#include <lwip/tcp.h>
#include <stdbool.h>

struct channel {
	struct tcp_pcb *pcb;
	struct pbuf *pending;   /* received, but not read yet: from the server, which frees what is left */
	struct session *session;        /* tls.c's */
	bool opening;           /* nothing can be read before a handshake is complete */
	bool ended;             /* the client said that no more comes */
	bool unsent;            /* something was taken that lwIP had no room for */
};

/* The port that clients expect. */
extern const char channel_port[];

/* Prepares; NULL, or what is wrong. */
const char *channel_start(void);

/* Starts a channel on a connection. False if memory runs out. */
bool channel_open(struct channel *channel, struct tcp_pcb *pcb);

/* Reads what has come: how many bytes, 0 if there are none now, -1 if what came can't be understood. */
long channel_read(struct channel *channel, char *to, size_t room);

/* How many bytes channel_write would take now. */
size_t channel_room(struct channel *channel);

/* Sends at most so many bytes, of more that follow; false, and nothing was sent, if there was no memory. */
bool channel_write(struct channel *channel, const void *bytes, size_t size, bool more);

/* Tells the client that no more comes. */
void channel_end(struct channel *channel);

/* Frees what it has; the connection may be gone. */
void channel_close(struct channel *channel);

#endif
