/* SPDX-License-Identifier: ISC */
/* stream_connect.c -- a connection's local address, and its making */
#include "../libc/calls/clock.h"

#include "lwip/priv/tcp_priv.h"

#include "network.h"
#include "stream.h"

/* there is an address that both are of */
static bool is_shared(const ip_addr_t *one, const ip_addr_t *other)
{
	if (IP_GET_TYPE(one) == IPADDR_TYPE_ANY || IP_GET_TYPE(other) == IPADDR_TYPE_ANY)
		return true;
	return IP_GET_TYPE(one) == IP_GET_TYPE(other) && (ip_addr_isany(one) || ip_addr_isany(other) || ip_addr_cmp(one, other));
}

/*
 * lwIP would let two listeners have a port, and say so only later; and, with SO_REUSEADDR, that of connections in
 * TIME-WAIT which were without
 */
static bool is_taken(const ip_addr_t *ip, u16_t port)
{
	for (const struct tcp_pcb_listen *pcb = tcp_listen_pcbs.listen_pcbs; pcb; pcb = pcb->next)
		if (pcb->local_port == port && is_shared(&pcb->local_ip, ip))
			return true;
	for (const struct tcp_pcb *pcb = tcp_tw_pcbs; pcb; pcb = pcb->next)
		if (pcb->local_port == port && !ip_get_option(pcb, SOF_REUSEADDR) && is_shared(&pcb->local_ip, ip))
			return true;
	return false;
}

/* as on Linux, such an address may be bound to, too: nothing comes to it, and what goes from there has the interface's */
static bool is_of_many(const ip_addr_t *ip)
{
	/* lwIP's interfaces don't have the loopback network's */
	static const ip_addr_t loopback = IPADDR4_INIT_BYTES(127, 255, 255, 255);

	return !IP_IS_V6(ip) && !ip_addr_isany(ip) && (ip_addr_ismulticast(ip) || network_is_broadcast(ip) || ip_addr_cmp(ip, &loopback));
}

static long bound_check(const ip_addr_t *ip)
{
	if (IP_IS_V6(ip) && ip_addr_ismulticast(ip))
		return -EINVAL;
	return network_has(ip) || is_of_many(ip) ? 0 : -EADDRNOTAVAIL;
}

long stream_bind(struct socket *socket, const struct address *address)
{
	const ip_addr_t ip = socket_bound(socket, &address->ip);
	struct stream *stream = stream_of(socket);
	long error;

	if (stream->state != STREAM_FRESH || stream->bound.port)
		return -EINVAL;
	error = bound_check(&ip);
	if (error)
		return error;
	if (is_taken(&ip, address->port))
		return -EADDRINUSE;
	error = stream_control_need(stream);
	if (!error)
		error = stream_errno(tcp_bind(stream->pcb, &ip, address->port));
	if (!error)
		stream->bound = (struct address){stream->pcb->local_ip, stream->pcb->local_port};
	return error;
}

enum { LOOKS = 1000 / TCP_SLOW_INTERVAL };     /* ticks between two looks */

/* lwIP would go on for minutes; Linux gives up before the first SYN is repeated, since it asked for the neighbour three times */
static err_t neighbour_look(void *argument, struct tcp_pcb *pcb)
{
	struct stream *stream = argument;

	if (!stream || !pcb->nrtx || network_finds(&pcb->remote_ip))
		return ERR_OK;
	tcp_abandon(pcb, 0);
	stream->socket.error = EHOSTUNREACH;
	return ERR_ABRT;
}

static err_t connected(void *argument, struct tcp_pcb *pcb, err_t error)
{
	struct stream *stream = argument;

	(void)error;
	tcp_poll(pcb, NULL, 0);
	if (!stream)
		return ERR_OK;
	stream->state = STREAM_CONNECTED;
	stream_names_keep(stream);
	socket_changed(&stream->socket);
	return ERR_OK;
}

static long begin(struct stream *stream, const struct address *address)
{
	const ip_addr_t *to = network_target(&address->ip), any = socket_any(&stream->socket);
	long error = stream_control_need(stream);
	err_t result;

	if (!error)
		error = socket_may_reach(&stream->socket, to);
	if (error)
		return error;
	if (is_of_many(&stream->pcb->local_ip))
		stream->pcb->local_ip = any;
	result = tcp_connect(stream->pcb, to, address->port, connected);
	if (result != ERR_OK)
		return result == ERR_USE ? -EADDRNOTAVAIL : stream_errno(result);
	tcp_poll(stream->pcb, neighbour_look, LOOKS);
	stream->state = STREAM_CONNECTING;
	stream->socket.error = 0;
	return 0;
}

/* after a connection that failed the socket is as if it were new */
static long failure(struct stream *stream)
{
	long error = socket_error_take(&stream->socket);

	if (!stream->connect_told) {
		stream->state = STREAM_FRESH;
		stream->in_ended = stream->out_ended = stream->fin_came = false;
		stream->local = stream->bound;
	}
	return error ? error : -ECONNABORTED;
}

long stream_connect(struct socket *socket, const struct address *address, bool wait)
{
	struct stream *stream = stream_of(socket);
	uint64_t end = socket_wait_end(socket->send_limit);
	bool begun = stream->state != STREAM_FRESH;
	long error;

	if (!address)
		return stream_disconnect(stream);
	if (stream->state == STREAM_LISTENING || stream->connect_told)
		return -EISCONN;
	if (!begun) {
		error = begin(stream, address);
		if (error)
			return error;
	}
	error = begun && stream->state == STREAM_CONNECTING ? socket_look() : 0;
	while (!error && stream->state == STREAM_CONNECTING) {
		error = wait ? socket_wait(end) : -EAGAIN;
		if (error == -EAGAIN)
			return begun ? -EALREADY : -EINPROGRESS;
	}
	if (error)
		return error;
	if (stream->state == STREAM_OVER)
		return failure(stream);
	stream->connect_told = true;
	return 0;
}
