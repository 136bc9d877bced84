/* SPDX-License-Identifier: ISC */
/* listen.c -- listen(2): new connections wait in the listener's queue */
#include <stdlib.h>

#include "sockets_config.h"
#include "stream.h"

#include "lwip/priv/tcp_priv.h"

enum {
	BACKLOG_MOST = CONFIG_SOCKETS_BACKLOG,
	HALF_OPEN_MOST = 255,   /* lwIP counts connections whose handshake is not complete in 8 bits */
};

/* lwIP's own limit, beside that of stream_admit */
static u8_t half_open_most(const struct stream *stream)
{
	return (u8_t)(stream->backlog < HALF_OPEN_MOST ? stream->backlog : HALF_OPEN_MOST);
}

/* the handshake is complete */
static err_t accept_connection(void *argument, struct tcp_pcb *pcb, err_t error)
{
	struct stream *listener = argument, *stream;

	/* connections whose peer has already closed count, too */
	if (!listener || error != ERR_OK || listener->queue_count >= listener->backlog)
		return ERR_MEM;
	stream = stream_make();
	if (!stream)
		return ERR_MEM;
	stream->socket.family = listener->socket.family;
	stream->socket.only_ipv6 = listener->socket.only_ipv6;
	stream->socket.options = listener->socket.options;
	stream->socket.time_to_live = listener->socket.time_to_live;
	stream->socket.service = listener->socket.service;
	stream->socket.told = listener->socket.told;
	stream->socket.receive_limit = listener->socket.receive_limit;
	stream->socket.send_limit = listener->socket.send_limit;
	stream->keep_idle = listener->keep_idle;
	stream->keep_interval = listener->keep_interval;
	stream->keep_count = listener->keep_count;
	stream->no_delay = listener->no_delay;
	stream->corked = listener->corked;
	stream->limit = listener->limit;
	stream->linger = listener->linger;
	stream->state = STREAM_CONNECTED;
	stream->connect_told = true;
	stream_attach(stream, pcb);
	stream_names_keep(stream);
	if (listener->queue_last)
		listener->queue_last->queue_next = stream;
	else
		listener->queue_first = stream;
	listener->queue_last = stream;
	listener->queue_count++;
	socket_changed(&listener->socket);
	return ERR_OK;
}

/* of no name from bind: the control block may be bound again, and lwIP's list of those that are has each once */
static void port_return(struct tcp_pcb *pcb)
{
	TCP_RMV(&tcp_bound_pcbs, pcb);
	pcb->local_port = 0;
}

static long listen_begin(struct stream *stream)
{
	const ip_addr_t any = socket_any(&stream->socket);
	struct tcp_pcb *pcb;
	err_t result;
	long error = stream_control_need(stream);

	if (error)
		return error;
	if (!stream->pcb->local_port) {
		error = stream_errno(tcp_bind(stream->pcb, &any, 0));
		if (error)
			return error;
	}
	/* lwIP replaces it by a smaller control block */
	pcb = tcp_listen_with_backlog_and_err(stream->pcb, half_open_most(stream), &result);
	if (!pcb) {
		if (!stream->bound.port)
			port_return(stream->pcb);
		return stream_errno(result);
	}
	stream->pcb = pcb;
	tcp_arg(pcb, stream);
	tcp_accept(pcb, accept_connection);
	stream->state = STREAM_LISTENING;
	return 0;
}

long guest_sys_listen(long descriptor, long backlog)
{
	long error;
	struct socket *socket = socket_get(descriptor, &error);
	struct stream *stream;

	if (!socket)
		return error;
	if (socket->protocol->type != SOCK_STREAM)
		return -EOPNOTSUPP;
	stream = stream_of(socket);
	if (stream->state != STREAM_FRESH && stream->state != STREAM_LISTENING)
		return -EINVAL;
	stream->backlog = backlog < 0 || backlog > BACKLOG_MOST ? BACKLOG_MOST : backlog ? (unsigned)backlog : 1;
	if (stream->state == STREAM_FRESH)
		return listen_begin(stream);
	tcp_backlog_set((struct tcp_pcb_listen *)stream->pcb, half_open_most(stream));
	return 0;
}
