/* SPDX-License-Identifier: ISC */
/* stream.h -- TCP sockets: a connection, one that is being made, or a listener */
#ifndef SOCKETS_STREAM_H
#define SOCKETS_STREAM_H

#include "buffer.h"
#include "socket.h"

#include "lwip/tcp.h"

enum stream_state {
	STREAM_FRESH,           /* neither connected nor listening; it may be bound */
	STREAM_LISTENING,
	STREAM_CONNECTING,
	STREAM_CONNECTED,       /* until both sides have ended it */
	STREAM_OVER,            /* it was connected */
};

struct stream {
	struct socket socket;   /* first */
	enum stream_state state;
	struct tcp_pcb *pcb;    /* of a listener, a struct tcp_pcb_listen; NULL: none was needed yet, or lwIP has freed it */
	struct address bound;           /* the name from bind, which each of its control blocks has; port 0: none */
	struct address local, remote;   /* once it is connected */
	struct buffer received;
	bool in_ended;          /* the peer ended its side, or shutdown ours */
	bool out_ended;         /* shutdown */
	bool fin_came;          /* the peer ended its side */
	bool connect_told;      /* connect has said that it is connected */
	bool starved;           /* the last send found no memory; starved_at is when, see stream_room */
	unsigned starved_at;
	int keep_idle, keep_interval, keep_count;       /* seconds; seconds; probes; 0: lwIP's own */
	bool no_delay, corked;
	unsigned held_at;       /* ms; corked: since when bytes wait */
	unsigned limit;         /* ms of TCP_USER_TIMEOUT; 0: none */
	unsigned limit_from, limit_acked;       /* since when this was the last that the peer had acknowledged */
	struct linger linger;
	/* of a listener: the connections that nobody has accepted yet */
	struct stream *queue_first, *queue_last;
	unsigned queue_count, backlog;
	struct stream *queue_next;      /* of such a connection */
};

extern const struct protocol stream_protocol;
extern const struct kind stream_kind;

static inline struct stream *stream_of(struct socket *socket)
{
	return (struct stream *)socket;
}

/* a TCP socket without a descriptor; NULL if there is no memory */
struct stream *stream_make(void);

/* makes sure that it has a control block, bound as the socket is; a negative errno if lwIP has none left */
long stream_control_need(struct stream *stream);

/* the socket takes over a control block of lwIP: callbacks, and the options of setsockopt */
void stream_attach(struct stream *stream, struct tcp_pcb *pcb);

/* remembers the addresses of a connection */
void stream_names_keep(struct stream *stream);

/* the control block is lwIP's alone now, or freed */
void stream_detach(struct stream *stream);

/* closes, aborts where Linux would, and frees it */
void stream_end(struct stream *stream);

/* the socket is as if it were new, but for its name from bind; a peer is told by a reset. A negative errno, or 0 */
long stream_disconnect(struct stream *stream);

/* after one side has ended: if both have, the connection is over */
void stream_both_ended(struct stream *stream);

/* bytes that may be sent now */
size_t stream_room(const struct stream *stream);
bool stream_is_writable(const struct stream *stream);

/* lwIP has freed memory, or may have */
void stream_memory_freed(void);

/* so many bytes were added: sends what waits, unless it is less than a segment and the socket is corked */
void stream_push(struct stream *stream, size_t size);

/* the peer has so long to acknowledge what is under way, from now on */
void stream_limit_begin(struct stream *stream);

/* lwIP's callbacks */
err_t stream_receive_segment(void *argument, struct tcp_pcb *pcb, struct pbuf *packet, err_t error);
err_t stream_sent(void *argument, struct tcp_pcb *pcb, u16_t size);
void stream_failed(void *argument, err_t error);
struct tcp_hdr;
s8_t stream_admit(struct tcp_pcb *pcb, const struct tcp_hdr *header, unsigned options_size, const struct pbuf *data);

/* of the protocol's table */
long stream_bind(struct socket *socket, const struct address *address);
long stream_connect(struct socket *socket, const struct address *address, bool wait);
long stream_send(struct socket *socket, const struct iovec *parts, int count, int flags, const struct address *to,
		 const struct manner *manner);
long stream_receive(struct socket *socket, const struct iovec *parts, int count, int *flags, struct arrival *arrival);
long stream_shut_down(struct socket *socket, bool in, bool out);
long stream_option_set(struct socket *socket, int option, int value);
long stream_option_get(struct socket *socket, int option, int *value);
void stream_options_apply(struct socket *socket);

/* negative errno of an error of lwIP's */
long stream_errno(err_t error);

#endif
