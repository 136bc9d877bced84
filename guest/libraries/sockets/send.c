/* SPDX-License-Identifier: ISC */
/* send.c -- sendto(2), which is send(2), too */
#include "socket.h"

static long send_once(long descriptor, const struct iovec *part, long flags, const struct sockaddr *to, socklen_t to_size)
{
	long error;
	struct socket *socket = socket_get(descriptor, &error);

	return socket ? socket_send(socket, part, 1, flags, to, to_size, NULL) : error;
}

long guest_sys_sendto(long descriptor, const void *bytes, size_t size, long flags, const struct sockaddr *to, socklen_t to_size)
{
	const struct iovec part = {(void *)bytes, size};

	return RESTARTING(send_once(descriptor, &part, flags, to, to_size));
}
