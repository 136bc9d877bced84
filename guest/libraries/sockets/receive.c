/* SPDX-License-Identifier: ISC */
/* receive.c -- recvfrom(2), which is recv(2), too */
#include "socket.h"

long guest_sys_recvfrom(long descriptor, void *bytes, size_t size, long flags, struct sockaddr *from, socklen_t *from_size)
{
	const struct iovec part = {bytes, size};
	long result;

	do {
		int answer = (int)flags;
		struct socket *socket = socket_get(descriptor, &result);

		if (socket)
			result = socket_receive(socket, &part, 1, &answer, from, from ? from_size : NULL);
	} while (result == -ERESTART);
	return result;
}
