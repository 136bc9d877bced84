/* SPDX-License-Identifier: ISC */
/* receive.c -- recvfrom(2), which is recv(2), too */
#include "socket.h"

long guest_sys_recvfrom(long descriptor, void *bytes, size_t size, long flags, struct sockaddr *from, socklen_t *from_size)
{
	const struct iovec part = {bytes, size};
	struct address address;
	int answer = (int)flags;
	long result;
	struct socket *socket = socket_get(descriptor, &result);

	if (!socket)
		return result;
	result = socket->protocol->receive(socket, &part, 1, &answer, &address);
	/* of a connection's bytes nobody says where they are from */
	if (result >= 0 && from && socket->protocol->type == SOCK_STREAM)
		*from_size = 0;
	else if (result >= 0)
		address_write(&address, from, from_size);
	return result;
}
