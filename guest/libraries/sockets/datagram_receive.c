/* SPDX-License-Identifier: ISC */
/*
 * datagram_receive.c -- keeps datagrams until they are read
 *
 * They lie in the pool of buffer.h, each in chunks of its own. A socket may hold as
 * much as is still free there; what comes beyond that is lost.
 */
#include "datagram.h"

#include <stdlib.h>

#include "network.h"

static size_t weight(size_t size)
{
	return (size / BUFFER_CHUNK + 1) * BUFFER_CHUNK;
}

static void packet_free(struct packet *packet)
{
	buffer_drop(&packet->bytes, packet->bytes.size);
	free(packet);
}

/* of the packet that lwIP is at */
static struct arrival arrival_of(const ip_addr_t *ip, u16_t port)
{
	struct arrival arrival = {{*ip, port}, *ip_current_dest_addr(), netif_get_index(ip_current_input_netif()), 0, 0};

	if (LWIP_IPV6 && ip_current_is_v6()) {
		datagram6_header(&arrival);
	} else {
		arrival.time_to_live = IPH_TTL(ip4_current_header());
		arrival.service = IPH_TOS(ip4_current_header());
	}
	return arrival;
}

/* a copy of what lwIP has, with what its header says; NULL if there is no room */
static struct packet *packet_make(const struct datagram *datagram, const struct pbuf *from, const ip_addr_t *ip, u16_t port)
{
	struct packet *packet = buffer_admits(datagram->held, weight(from->tot_len)) ? calloc(1, sizeof(*packet)) : NULL;

	if (!packet)
		return NULL;
	if (!buffer_add_packet(&packet->bytes, from)) {
		packet_free(packet);
		return NULL;
	}
	packet->arrival = arrival_of(ip, port);
	return packet;
}

void datagram_received(void *argument, struct udp_pcb *pcb, struct pbuf *from, const ip_addr_t *ip, u16_t port)
{
	struct datagram *datagram = argument;
	/* lwIP takes a broadcast for sockets of one address of ours, too */
	bool is_ours = ip_addr_isany(&pcb->local_ip) || ip_addr_cmp(&pcb->local_ip, ip_current_dest_addr());
	struct packet *packet = is_ours ? packet_make(datagram, from, ip, port) : NULL;

	pbuf_free(from);
	if (!packet)
		return;
	if (datagram->last)
		datagram->last->next = packet;
	else
		datagram->first = packet;
	datagram->last = packet;
	datagram->held += weight(packet->bytes.size);
	socket_changed(&datagram->socket);
}

static void first_drop(struct datagram *datagram)
{
	struct packet *packet = datagram->first;

	datagram->first = packet->next;
	if (!datagram->first)
		datagram->last = NULL;
	datagram->held -= weight(packet->bytes.size);
	packet_free(packet);
}

void datagram_drop(struct datagram *datagram)
{
	while (datagram->first)
		first_drop(datagram);
}

/* waits for one, or for an error; false with *result what a call says that has none */
static bool something(struct datagram *datagram, int flags, long *result)
{
	uint64_t end = socket_wait_end(datagram->socket.receive_limit);
	bool looked = false;

	for (;;) {
		*result = socket_error_take(&datagram->socket);
		if (*result)
			return false;
		if (datagram->first)
			return true;
		if (datagram->in_ended && !socket_is_hasty(&datagram->socket, flags))
			return false;
		*result = socket_await(&datagram->socket, flags, end, &looked);
		/* the datagram may be gone */
		if (*result)
			return false;
	}
}

long datagram_receive(struct socket *socket, const struct iovec *parts, int count, int *flags, struct arrival *arrival)
{
	struct datagram *datagram = datagram_of(socket);
	int asked = *flags;
	size_t whole, size;
	long result;

	*flags = 0;
	*arrival = (struct arrival){0};
	if (asked & MSG_ERRQUEUE)
		return -EAGAIN;
	if (!something(datagram, asked, &result))
		return result;
	whole = datagram->first->bytes.size;
	size = buffer_copy(&datagram->first->bytes, parts, count, 0);
	*arrival = datagram->first->arrival;
	if (size < whole)
		*flags |= MSG_TRUNC;
	if (!(asked & MSG_PEEK))
		first_drop(datagram);
	return (long)(asked & MSG_TRUNC ? whole : size);
}
