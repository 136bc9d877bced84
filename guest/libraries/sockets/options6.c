/* SPDX-License-Identifier: ISC */
/* options6.c -- options of level IPPROTO_IPV6 */
#include <netinet/in.h>

#include "socket.h"

static bool is_bound(struct socket *socket)
{
	struct address local;

	return !socket->protocol->local(socket, &local) && local.port;
}

long options6_set(struct socket *socket, int option, int value)
{
	switch (option) {
	case IPV6_V6ONLY:
		if (is_bound(socket))
			return -EINVAL;
		socket->only_ipv6 = value;
		return 0;
	case IPV6_UNICAST_HOPS:
		if (value < -1 || value > 255)
			return -EINVAL;
		socket->time_to_live = value == -1 ? 0 : (unsigned char)value;
		break;
	case IPV6_TCLASS:
		if (value < -1 || value > 255)
			return -EINVAL;
		socket->service = value == -1 ? 0 : (unsigned char)value;
		break;
	default:
		return -ENOPROTOOPT;
	}
	socket->protocol->options_apply(socket);
	return 0;
}

long options6_get(struct socket *socket, int option, int *value)
{
	switch (option) {
	case IPV6_V6ONLY:
		*value = socket->only_ipv6;
		return 0;
	case IPV6_UNICAST_HOPS:
		*value = socket->time_to_live ? socket->time_to_live : IP_DEFAULT_TTL;
		return 0;
	case IPV6_TCLASS:
		*value = socket->service;
		return 0;
	}
	return -ENOPROTOOPT;
}
