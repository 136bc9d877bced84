/* SPDX-License-Identifier: ISC */
/* name.c -- getsockname(2), getpeername(2) */
#include "socket.h"

static long name_get(long descriptor, struct sockaddr *name, socklen_t *size, bool local)
{
	struct address address;
	long error;
	struct socket *socket = socket_get(descriptor, &error);

	if (!socket)
		return error;
	error = local ? socket->protocol->local(socket, &address) : socket->protocol->remote(socket, &address);
	return error ? error : address_write(&address, socket->family, name, size);
}

long guest_sys_getsockname(long descriptor, struct sockaddr *name, socklen_t *size)
{
	return name_get(descriptor, name, size, true);
}

long guest_sys_getpeername(long descriptor, struct sockaddr *name, socklen_t *size)
{
	return name_get(descriptor, name, size, false);
}
