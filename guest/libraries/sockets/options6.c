/* SPDX-License-Identifier: ISC */
/* options6.c -- options of level IPPROTO_IPV6 */
#include <netinet/in.h>

#include "ancillary.h"

static bool is_bound(struct socket *socket)
{
	struct address local;

	return !socket->protocol->local(socket, &local) && local.port;
}

static unsigned told(int option)
{
	switch (option) {
	case IPV6_RECVPKTINFO:
		return TELL6_PLACE;
	case IPV6_RECVHOPLIMIT:
		return TELL6_TTL;
	case IPV6_RECVTCLASS:
		return TELL6_SERVICE;
	}
	return 0;
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
		return socket_tell(socket, told(option), value);
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
	*value = !!(socket->told & told(option));
	return told(option) ? 0 : -ENOPROTOOPT;
}
