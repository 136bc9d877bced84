/* SPDX-License-Identifier: ISC */
/* ancillary.c -- reads and writes control data of IPv4 datagrams, and passes that of IPv6 to ancillary6.c */
#include "ancillary.h"

#include <netinet/in.h>
#include <string.h>

#include "lwip/netif.h"

#include "network.h"

/* also the alignment of items */
enum { HEADER = sizeof(struct item), ALIGNMENT = sizeof(size_t) };

static size_t aligned(size_t size)
{
	return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

long ancillary_interface(struct manner *manner, unsigned number)
{
	if (number > UINT8_MAX || (number && !netif_get_by_index((u8_t)number)))
		return -ENODEV;
	manner->interface = (u8_t)number;
	return 0;
}

static long place_read(const void *data, size_t size, struct manner *manner)
{
	struct in_pktinfo place;

	if (size != sizeof(place))
		return -EINVAL;
	memcpy(&place, data, sizeof(place));
	ip_addr_set_ip4_u32_val(manner->source, place.ipi_spec_dst.s_addr);
	manner->has_source = place.ipi_spec_dst.s_addr;
	if (!network_has(&manner->source))
		return -ENETUNREACH;
	return ancillary_interface(manner, (unsigned)place.ipi_ifindex);
}

static long ip_read(int type, const void *data, size_t size, struct manner *manner)
{
	unsigned char byte;
	int number;

	if (type == IP_PKTINFO)
		return place_read(data, size, manner);
	if (size == sizeof(number)) {
		memcpy(&number, data, sizeof(number));
	} else if (size == sizeof(byte) && type == IP_TOS) {
		memcpy(&byte, data, sizeof(byte));
		number = byte;
	} else {
		return -EINVAL;
	}
	if (number < 0 || number > UINT8_MAX)
		return -EINVAL;
	switch (type) {
	case IP_TTL:
		manner->time_to_live = (u8_t)number;
		manner->has_time_to_live = true;
		return number ? 0 : -EINVAL;
	case IP_TOS:
		manner->service = (u8_t)number;
		manner->has_service = true;
		return 0;
	}
	return -EINVAL;
}

static long item_read(const struct socket *socket, const struct item *item, const char *data, struct manner *manner)
{
	size_t size = item->size - HEADER;

	/* what sockets of Unix would pass on means nothing here, nor does most to streams */
	if (item->level == SOL_SOCKET)
		return item->type == SCM_RIGHTS || item->type == SCM_CREDENTIALS ? 0 : -EINVAL;
	if (socket->protocol->type == SOCK_STREAM)
		return 0;
	/* items of the other family don't count */
	if (item->level == IPPROTO_IP && !manner->is_ipv6)
		return ip_read(item->type, data, size, manner);
	if (LWIP_IPV6 && item->level == IPPROTO_IPV6 && socket->family == AF_INET6)
		return ancillary6_read(item->type, data, size, manner);
	return 0;
}

long ancillary_read(const struct socket *socket, const struct message *message, const ip_addr_t *to, struct manner *manner)
{
	const char *at = message->control;
	size_t left = message->control_size;

	*manner = (struct manner){.is_ipv6 = IP_IS_V6(to)};
	while (left >= HEADER) {
		struct item item;
		long error;

		memcpy(&item, at, HEADER);
		if (item.size < HEADER || item.size > left)
			return -EINVAL;
		error = item_read(socket, &item, at + HEADER, manner);
		if (error)
			return error;
		if (aligned(item.size) > left)
			break;
		at += aligned(item.size);
		left -= aligned(item.size);
	}
	return 0;
}

char *ancillary_add(char *to, size_t *left, int *flags, struct item item, const void *data)
{
	size_t size = item.size + HEADER, room;

	if (*left < size)
		*flags |= MSG_CTRUNC;
	if (*left < HEADER)
		return to;
	item.size = *left < size ? *left : size;
	memcpy(to, &item, HEADER);
	memcpy(to + HEADER, data, item.size - HEADER);
	room = *left < aligned(size) ? *left : aligned(size);
	*left -= room;
	return to + room;
}

static char *ip_write(unsigned told, const struct arrival *arrival, char *to, size_t *left, int *flags)
{
	const struct netif *netif = netif_get_by_index(arrival->interface);
	struct in_pktinfo place = {.ipi_ifindex = arrival->interface, .ipi_addr.s_addr = ip_addr_get_ip4_u32(&arrival->to)};
	int ttl = arrival->time_to_live;

	/* of a broadcast, what would be the source of an answer */
	place.ipi_spec_dst.s_addr = network_has(&arrival->to) || !netif ? place.ipi_addr.s_addr : netif_ip4_addr(netif)->addr;
	if (told & TELL_PLACE)
		to = ancillary_add(to, left, flags, (struct item){sizeof(place), IPPROTO_IP, IP_PKTINFO}, &place);
	if (told & TELL_TTL)
		to = ancillary_add(to, left, flags, (struct item){sizeof(ttl), IPPROTO_IP, IP_TTL}, &ttl);
	if (told & TELL_SERVICE)
		to = ancillary_add(to, left, flags, (struct item){sizeof(arrival->service), IPPROTO_IP, IP_TOS}, &arrival->service);
	return to;
}

void ancillary_write(unsigned told, const struct arrival *arrival, struct message *message)
{
	size_t left = message->control ? message->control_size : 0;
	char *to = message->control;

	if (LWIP_IPV6)
		to = ancillary6_write(told, arrival, to, &left, &message->flags);
	if (!IP_IS_V6(&arrival->to))
		to = ip_write(told, arrival, to, &left, &message->flags);
	message->control_size = (size_t)(to - (char *)message->control);
}
