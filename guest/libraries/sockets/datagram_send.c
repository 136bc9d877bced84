/* SPDX-License-Identifier: ISC */
/* datagram_send.c -- sends datagrams; lwIP keeps only those that wait for a neighbour's address */
#include "ancillary.h"
#include "datagram.h"

#include <string.h>

#include "network.h"

/* bytes: a 16-bit length, less the headers of UDP and IPv4 */
enum { SIZE_MOST = 65535 - 8 - 20 };

long datagram_may_send(const struct datagram *datagram, const ip_addr_t *to)
{
	long error = socket_may_reach(&datagram->socket, to);

	if (error)
		return error;
	return network_is_broadcast(to) && !(datagram->socket.options & SOF_BROADCAST) ? -EACCES : 0;
}

/* as control data asks for; what the socket's own are, for the next */
static err_t send_so(struct udp_pcb *pcb, struct pbuf *packet, const ip_addr_t *to, u16_t port, const struct manner *manner)
{
	const ip_addr_t ip = pcb->local_ip;
	u8_t interface = pcb->netif_idx, ttl = pcb->ttl, service = pcb->tos;
	err_t result;

	if (manner->has_source)
		pcb->local_ip = manner->source;
	if (manner->interface)
		pcb->netif_idx = manner->interface;
	if (manner->has_time_to_live)
		pcb->ttl = manner->time_to_live;
	if (manner->has_service)
		pcb->tos = manner->service;
	result = udp_sendto(pcb, packet, to, port);
	pcb->local_ip = ip;
	pcb->netif_idx = interface;
	pcb->ttl = ttl;
	pcb->tos = service;
	return result;
}

static long packet_send(struct datagram *datagram, const struct iovec *parts, int count, size_t size, const ip_addr_t *to, u16_t port,
			const struct manner *manner)
{
	struct pbuf *packet;
	size_t at = 0;
	err_t result;

	/* TCP's timers may have filled the queue of packets to this host */
	network_deliver();
	packet = pbuf_alloc(PBUF_TRANSPORT, (u16_t)size, PBUF_RAM);
	if (!packet)
		return -ENOBUFS;
	for (; count; at += parts->iov_len, parts++, count--)
		memcpy((char *)packet->payload + at, parts->iov_base, parts->iov_len);
	result = manner ? send_so(datagram->pcb, packet, to, port, manner) : udp_sendto(datagram->pcb, packet, to, port);
	pbuf_free(packet);
	network_deliver();
	/* a datagram that the device refuses is lost, as on the network */
	return result == ERR_MEM || result == ERR_BUF ? -ENOBUFS : result == ERR_RTE ? -ENETUNREACH : (long)size;
}

long datagram_send(struct socket *socket, const struct iovec *parts, int count, int flags, const struct address *to,
		   const struct manner *manner)
{
	struct datagram *datagram = datagram_of(socket);
	size_t size = parts_size(parts, count);
	const ip_addr_t *ip;
	long error;

	if (size > 65535)
		return -EMSGSIZE;
	if (flags & MSG_OOB)
		return -EOPNOTSUPP;
	if (to && !to->port)
		return -EINVAL;
	if (!to && !datagram_is_connected(datagram))
		return -EDESTADDRREQ;
	ip = to ? network_target(&to->ip) : &datagram->pcb->remote_ip;
	/* the address of the other family */
	if (manner && manner->has_source && IP_IS_V6(&manner->source) != IP_IS_V6(ip))
		return -EINVAL;
	error = datagram_may_send(datagram, ip);
	if (!error && size > SIZE_MOST)
		error = -EMSGSIZE;
	if (!error)
		error = datagram_port_need(datagram);
	if (!error)
		error = socket_error_take(socket);
	if (!error && datagram->out_ended)
		error = -EPIPE;
	return error ? error : packet_send(datagram, parts, count, size, ip, to ? to->port : datagram->pcb->remote_port, manner);
}
