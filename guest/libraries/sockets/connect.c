/* SPDX-License-Identifier: ISC */
/* connect.c -- connect(2) */
#include "socket.h"

static long connect_once(long descriptor, const struct sockaddr *name, socklen_t size)
{
	struct address address;
	long error;
	struct socket *socket = socket_get(descriptor, &error);

	if (!socket)
		return error;
	if (size >= sizeof(name->sa_family) && name->sa_family == AF_UNSPEC)
		return socket->protocol->connect(socket, NULL, true);
	error = address_read(&address, socket->family, name, size);
	return error ? error : socket->protocol->connect(socket, &address, !socket_is_hasty(socket, 0));
}

long guest_sys_connect(long descriptor, const struct sockaddr *name, socklen_t size)
{
	return RESTARTING(connect_once(descriptor, name, size));
}
