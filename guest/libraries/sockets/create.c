/* SPDX-License-Identifier: ISC */
/* create.c -- socket(2), for a type that is known only when it is called */
#include "socket.h"

long guest_sys_socket(long family, long type, long protocol)
{
	long error = socket_wrong(family, type);

	if (error)
		return error;
	switch (type & SOCKET_TYPE) {
	case SOCK_STREAM:
		return guest_sys_socket_stream(family, type, protocol);
	case SOCK_DGRAM:
		return guest_sys_socket_datagram(family, type, protocol);
	}
	return -ESOCKTNOSUPPORT;
}
