/* SPDX-License-Identifier: ISC */
/* shutdown.c -- shutdown(2) */
#include "socket.h"

long guest_sys_shutdown(long descriptor, long how)
{
	long error;
	struct socket *socket = socket_get(descriptor, &error);

	if (!socket)
		return error;
	if (how != SHUT_RD && how != SHUT_WR && how != SHUT_RDWR)
		return -EINVAL;
	return socket->protocol->shut_down(socket, how != SHUT_WR, how != SHUT_RD);
}
