/* SPDX-License-Identifier: ISC */
/* options.c -- setsockopt(2), getsockopt(2): the options of all sockets; others are passed on */
#include <netinet/in.h>
#include <string.h>
#include <sys/time.h>

#include "../libc/calls/clock.h"

#include "lwip/tcp.h"

#include "ancillary.h"
#include "stream.h"

static long limit_set(uint64_t *limit, const void *value, socklen_t size)
{
	struct timeval time;

	if (size < sizeof(time))
		return -EINVAL;
	memcpy(&time, value, sizeof(time));
	if (time.tv_usec < 0 || time.tv_usec >= 1000000)
		return -EDOM;
	/* a negative time expires immediately; 0 means no limit */
	*limit = time.tv_sec < 0 ? 1 : time.tv_sec >= INT64_MAX / SECOND - 1 ? 0 :
		(uint64_t)time.tv_sec * SECOND + (uint64_t)time.tv_usec * 1000;
	return 0;
}

static void option_set(struct socket *socket, int option, int value)
{
	socket->options = value ? socket->options | option : socket->options & ~option;
	socket->protocol->options_apply(socket);
}

static long linger_set(struct socket *socket, const void *value, socklen_t size)
{
	struct linger linger;

	if (size < sizeof(linger))
		return -EINVAL;
	memcpy(&linger, value, sizeof(linger));
	if (linger.l_linger < 0)
		linger.l_linger = 0;
	/* datagrams are gone when they are sent */
	if (socket->protocol->type == SOCK_STREAM)
		stream_of(socket)->linger = linger;
	return 0;
}

static long own_set(struct socket *socket, long option, int number, const void *value, socklen_t size)
{
	switch (option) {
	case SO_REUSEADDR:
		option_set(socket, SOF_REUSEADDR, number);
		return 0;
	case SO_KEEPALIVE:
		option_set(socket, SOF_KEEPALIVE, number);
		return 0;
	case SO_BROADCAST:
		option_set(socket, SOF_BROADCAST, number);
		return 0;
	case SO_LINGER:
		return linger_set(socket, value, size);
	case SO_RCVTIMEO:
		return limit_set(&socket->receive_limit, value, size);
	case SO_SNDTIMEO:
		return limit_set(&socket->send_limit, value, size);
	case SO_SNDBUF:
	case SO_RCVBUF:
		/* sizes are fixed when the library is built: accepted as a hint, as on Linux */
		return 0;
	}
	return -ENOPROTOOPT;
}

static unsigned ip_told(long option)
{
	switch (option) {
	case IP_PKTINFO:
		return TELL_PLACE;
	case IP_RECVTTL:
		return TELL_TTL;
	case IP_RECVTOS:
		return TELL_SERVICE;
	}
	return 0;
}

static long ip_set(struct socket *socket, long option, int number)
{
	switch (option) {
	case IP_TTL:
		if (number != -1 && (number < 1 || number > 255))
			return -EINVAL;
		socket->time_to_live = number == -1 ? 0 : (unsigned char)number;
		break;
	case IP_TOS:
		socket->service = (unsigned char)number;
		break;
	default:
		return socket_tell(socket, ip_told(option), number);
	}
	socket->protocol->options_apply(socket);
	return 0;
}

long guest_sys_setsockopt(long descriptor, long level, long option, const void *value, socklen_t size)
{
	int number;
	long error;
	struct socket *socket = socket_get(descriptor, &error);

	if (!socket)
		return error;
	if ((int)size < (int)sizeof(number))
		return -EINVAL;
	memcpy(&number, value, sizeof(number));
	if (level == SOL_SOCKET)
		return own_set(socket, option, number, value, size);
	if (level == IPPROTO_IP)
		return ip_set(socket, option, number);
	if (LWIP_IPV6 && level == IPPROTO_IPV6 && socket->family == AF_INET6)
		return options6_set(socket, (int)option, number);
	if (level == socket->protocol->number)
		return socket->protocol->option_set(socket, (int)option, number);
	return -ENOPROTOOPT;
}

static long answer(const void *from, size_t from_size, void *value, socklen_t *size)
{
	if (*size > from_size)
		*size = (socklen_t)from_size;
	memcpy(value, from, *size);
	return 0;
}

static struct timeval limit_get(uint64_t limit)
{
	return (struct timeval){.tv_sec = (time_t)(limit / SECOND), .tv_usec = (suseconds_t)(limit % SECOND / 1000)};
}

/* options with an int value */
static long own_get(struct socket *socket, long option, int *number)
{
	switch (option) {
	case SO_REUSEADDR:
		*number = !!(socket->options & SOF_REUSEADDR);
		return 0;
	case SO_KEEPALIVE:
		*number = !!(socket->options & SOF_KEEPALIVE);
		return 0;
	case SO_BROADCAST:
		*number = !!(socket->options & SOF_BROADCAST);
		return 0;
	case SO_ERROR:
		*number = (int)-socket_error_take(socket);
		return 0;
	case SO_TYPE:
		*number = socket->protocol->type;
		return 0;
	case SO_DOMAIN:
		*number = socket->family;
		return 0;
	case SO_PROTOCOL:
		*number = socket->protocol->number;
		return 0;
	case SO_ACCEPTCONN:
		*number = socket->protocol->type == SOCK_STREAM && stream_of(socket)->state == STREAM_LISTENING;
		return 0;
	case SO_SNDBUF:
		*number = TCP_SND_BUF;
		return 0;
	case SO_RCVBUF:
		*number = TCP_WND;
		return 0;
	}
	return -ENOPROTOOPT;
}

static long ip_get(struct socket *socket, long option, int *number)
{
	switch (option) {
	case IP_TTL:
		*number = socket->time_to_live ? socket->time_to_live : TCP_TTL;
		return 0;
	case IP_TOS:
		*number = socket->service;
		return 0;
	}
	*number = !!(socket->told & ip_told(option));
	return ip_told(option) ? 0 : -ENOPROTOOPT;
}

long guest_sys_getsockopt(long descriptor, long level, long option, void *value, socklen_t *size)
{
	static const struct linger no_linger;
	struct timeval time;
	int number;
	long error;
	struct socket *socket = socket_get(descriptor, &error);

	if (!socket)
		return error;
	if ((int)*size < 0)
		return -EINVAL;
	if (level == SOL_SOCKET && (option == SO_RCVTIMEO || option == SO_SNDTIMEO)) {
		time = limit_get(option == SO_RCVTIMEO ? socket->receive_limit : socket->send_limit);
		return answer(&time, sizeof(time), value, size);
	}
	if (level == SOL_SOCKET && option == SO_LINGER)
		return answer(socket->protocol->type == SOCK_STREAM ? &stream_of(socket)->linger : &no_linger,
			      sizeof(no_linger), value, size);
	error = level == SOL_SOCKET ? own_get(socket, option, &number) : level == IPPROTO_IP ? ip_get(socket, option, &number) :
		LWIP_IPV6 && level == IPPROTO_IPV6 && socket->family == AF_INET6 ? options6_get(socket, (int)option, &number) :
		level == socket->protocol->number ? socket->protocol->option_get(socket, (int)option, &number) :
		socket->family == AF_INET6 ? -ENOPROTOOPT : -EOPNOTSUPP;
	return error ? error : answer(&number, sizeof(number), value, size);
}
