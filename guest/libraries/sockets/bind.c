/* SPDX-License-Identifier: ISC */
/* bind.c -- bind(2) */
#include "socket.h"

long guest_sys_bind(long descriptor, const struct sockaddr *name, socklen_t size)
{
	struct address address;
	long error;
	struct socket *socket = socket_get(descriptor, &error);

	if (!socket)
		return error;
	error = address_read(&address, socket->family, name, size);
	if (!error && socket->only_ipv6 && !IP_IS_V6(&address.ip))
		error = -EINVAL;
	return error ? error : socket->protocol->bind(socket, &address);
}
