/* SPDX-License-Identifier: ISC */
/* ancillary6.c -- control data of level IPPROTO_IPV6; IPv4 addresses are mapped (::ffff:) */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <string.h>

#include "ancillary.h"
#include "network.h"

static long place_read(const void *data, size_t size, struct manner *manner)
{
	struct sockaddr_in6 name = {.sin6_family = AF_INET6};
	struct in6_pktinfo place;
	struct address address;
	long error;

	if (size < sizeof(place))
		return -EINVAL;
	memcpy(&place, data, sizeof(place));
	error = ancillary_interface(manner, place.ipi6_ifindex);
	if (error)
		return error;
	name.sin6_addr = place.ipi6_addr;
	name.sin6_scope_id = place.ipi6_ifindex;
	error = address6_read(&address, (struct sockaddr *)&name, sizeof(name));
	if (error)
		return error;
	if (IP_IS_V6(&address.ip) && !manner->is_ipv6)
		return -EINVAL;
	manner->source = address.ip;
	manner->has_source = !ip_addr_isany(&address.ip);
	return network_has(&address.ip) ? 0 : -EINVAL;
}

long ancillary6_read(int type, const void *data, size_t size, struct manner *manner)
{
	int number;

	if (type == IPV6_PKTINFO)
		return place_read(data, size, manner);
	if (!manner->is_ipv6)
		return 0;
	if (size != sizeof(number))
		return -EINVAL;
	memcpy(&number, data, sizeof(number));
	if (number < -1 || number > UINT8_MAX)
		return -EINVAL;
	switch (type) {
	case IPV6_HOPLIMIT:
		manner->time_to_live = (u8_t)number;
		manner->has_time_to_live = number != -1;
		return 0;
	case IPV6_TCLASS:
		manner->service = (u8_t)number;
		manner->has_service = number != -1;
		return 0;
	}
	return -EINVAL;
}

char *ancillary6_write(unsigned told, const struct arrival *arrival, char *to, size_t *left, int *flags)
{
	struct sockaddr_in6 name = {0};
	struct in6_pktinfo place = {.ipi6_ifindex = arrival->interface};
	int ttl = arrival->time_to_live, service = arrival->service;

	address6_write(&(struct address){arrival->to, 0}, (struct sockaddr *)&name, &(socklen_t){sizeof(name)});
	place.ipi6_addr = name.sin6_addr;
	if (told & TELL6_PLACE)
		to = ancillary_add(to, left, flags, (struct item){sizeof(place), IPPROTO_IPV6, IPV6_PKTINFO}, &place);
	if (!IP_IS_V6(&arrival->to))
		return to;
	if (told & TELL6_TTL)
		to = ancillary_add(to, left, flags, (struct item){sizeof(ttl), IPPROTO_IPV6, IPV6_HOPLIMIT}, &ttl);
	if (told & TELL6_SERVICE)
		to = ancillary_add(to, left, flags, (struct item){sizeof(service), IPPROTO_IPV6, IPV6_TCLASS}, &service);
	return to;
}
