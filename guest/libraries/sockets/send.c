/* SPDX-License-Identifier: ISC */
/* send.c -- sendto(2), which is send(2), too */
#include "socket.h"

long guest_sys_sendto(long descriptor, const void *bytes, size_t size, long flags, const struct sockaddr *to, socklen_t to_size)
{
	const struct iovec part = {(void *)bytes, size};
	struct address address;
	long error;
	struct socket *socket = socket_get(descriptor, &error);

	if (!socket)
		return error;
	if (to && socket->protocol->type != SOCK_STREAM) {
		error = address_read(&address, to, to_size);
		if (error)
			return error;
	}
	return socket->protocol->send(socket, &part, 1, (int)flags, to ? &address : NULL);
}
