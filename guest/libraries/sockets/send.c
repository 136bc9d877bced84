/* SPDX-License-Identifier: ISC */
/* send.c -- sendto(2), which is send(2), too */
#include "socket.h"

long guest_sys_sendto(long descriptor, const void *bytes, size_t size, long flags, const struct sockaddr *to, socklen_t to_size)
{
	const struct iovec part = {(void *)bytes, size};
	long result;

	do {
		struct socket *socket = socket_get(descriptor, &result);

		if (socket)
			result = socket_send(socket, &part, 1, flags, to, to_size);
	} while (result == -ERESTART);
	return result;
}
