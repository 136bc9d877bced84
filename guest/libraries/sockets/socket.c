/* SPDX-License-Identifier: ISC */
/* socket.c -- finds sockets by their descriptors, waits for them, and sends and receives for each form of these calls */
#include "socket.h"

#include <fcntl.h>
#include <solo5.h>
#include <string.h>

#include "../libc/calls/clock.h"
#include "../libc/calls/signals_outside.h"

#include "network.h"

struct socket *socket_get(long descriptor, long *error)
{
	struct file *file = descriptor_file(descriptor);

	*error = file ? -ENOTSOCK : -EBADF;
	return file && S_ISSOCK(file->kind->mode) ? (struct socket *)file : NULL;
}

long socket_error_take(struct socket *socket)
{
	int error = socket->error;

	socket->error = 0;
	return -error;
}

long socket_wrong(long family, long type)
{
	if (family != AF_INET && !(LWIP_IPV6 && family == AF_INET6))
		return -EAFNOSUPPORT;
	return type & ~((long)SOCKET_TYPE | SOCK_NONBLOCK | SOCK_CLOEXEC) ? -EINVAL : 0;
}

long socket_begin(long family, long type, long protocol, int number)
{
	long error = socket_wrong(family, type);

	if (error)
		return error;
	if (protocol && protocol != number)
		return -EPROTONOSUPPORT;
	return network_start() ? 0 : -ENETDOWN;
}

ip_addr_t socket_any(const struct socket *socket)
{
	ip_addr_t any;

	memset(&any, 0, sizeof(any));
	IP_SET_TYPE_VAL(any, socket->family == AF_INET ? IPADDR_TYPE_V4 : socket->only_ipv6 ? IPADDR_TYPE_V6 : IPADDR_TYPE_ANY);
	return any;
}

ip_addr_t socket_bound(const struct socket *socket, const ip_addr_t *ip)
{
	return IP_IS_V6(ip) && ip_addr_isany(ip) ? socket_any(socket) : *ip;
}

long socket_may_reach(const struct socket *socket, const ip_addr_t *to)
{
	return network_reaches(to) && !(socket->only_ipv6 && !IP_IS_V6(to)) ? 0 : -ENETUNREACH;
}

long socket_add(struct socket *socket, int flags)
{
	socket->file.flags = O_RDWR | (flags & SOCK_NONBLOCK ? O_NONBLOCK : 0);
	return descriptor_add(&socket->file, 0, flags & SOCK_CLOEXEC ? O_CLOEXEC : 0);
}

void watches_drop(struct watch **first)
{
	while (*first) {
		struct watch *watch = *first;

		*first = watch->next;
		watch->gone(watch);
	}
}

void socket_changed(struct socket *socket)
{
	for (struct watch *watch = socket->watches; watch; watch = watch->next)
		watch->changed(watch);
}

bool socket_is_hasty(const struct socket *socket, int flags)
{
	return socket->file.flags & O_NONBLOCK || flags & MSG_DONTWAIT;
}

uint64_t socket_wait_end(uint64_t limit)
{
	return limit ? solo5_clock_monotonic() + limit : CLOCK_NEVER;
}

long socket_wait(uint64_t end)
{
	int signal;

	if (end != CLOCK_NEVER && solo5_clock_monotonic() >= end)
		return -EAGAIN;
	/* one that came while the program did something else would not end the sleep */
	signal = signals_look();
	if (signal == SIGNALS_NONE)
		signal = clock_wait(end);
	if (signal == SIGNALS_NONE)
		return 0;
	/* as Linux has it: a call that began anew would wait for its whole time again */
	return signal == SIGNALS_INTERRUPT || end != CLOCK_NEVER ? -EINTR : -ERESTART;
}

long socket_look(void)
{
	return clock_look() == SIGNALS_NONE ? 0 : -ERESTART;
}

long socket_await(const struct socket *socket, int flags, uint64_t end, bool *looked)
{
	if (!socket_is_hasty(socket, flags))
		return socket_wait(end);
	if (*looked)
		return -EAGAIN;
	*looked = true;
	return socket_look();
}

long socket_send(struct socket *socket, const struct iovec *parts, int count, long flags, const struct sockaddr *to, socklen_t to_size,
		 const struct manner *manner)
{
	struct address address;
	long error;

	if (to && socket->protocol->type != SOCK_STREAM) {
		error = address_read(&address, socket->family, to, to_size);
		if (error)
			return error;
	}
	return socket->protocol->send(socket, parts, count, (int)flags, to ? &address : NULL, manner);
}

long socket_receive(struct socket *socket, const struct iovec *parts, int count, int *flags, struct sockaddr *from,
		    socklen_t *from_size, struct arrival *arrival)
{
	/* a stream's socket may be gone after it has received a part */
	bool is_stream = socket->protocol->type == SOCK_STREAM;
	int family = socket->family;
	long error = 0, result = socket->protocol->receive(socket, parts, count, flags, arrival);

	if (result < 0)
		return result;
	/* a stream doesn't say, and nobody sends the end that shutdown makes */
	if (!is_stream && arrival->from.port)
		error = address_write(&arrival->from, family, from, from_size);
	else if (from_size)
		*from_size = 0;
	return error ? error : result;
}
