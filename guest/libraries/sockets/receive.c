/* SPDX-License-Identifier: ISC */
/* receive.c -- recvfrom(2), which is recv(2), too */
#include "socket.h"

static long receive_once(long descriptor, const struct iovec *part, int flags, struct sockaddr *from, socklen_t *from_size)
{
	struct arrival arrival;
	long error;
	struct socket *socket = socket_get(descriptor, &error);

	return socket ? socket_receive(socket, part, 1, &flags, from, from ? from_size : NULL, &arrival) : error;
}

long guest_sys_recvfrom(long descriptor, void *bytes, size_t size, long flags, struct sockaddr *from, socklen_t *from_size)
{
	const struct iovec part = {bytes, size};

	return RESTARTING(receive_once(descriptor, &part, (int)flags, from, from_size));
}
