/* SPDX-License-Identifier: ISC */
/* create.c -- socket(2), for a type that is known only when it is called */
#include <netinet/in.h>

#include "stream.h"

long guest_sys_socket(long family, long type, long protocol)
{
	if (family != AF_INET)
		return -EAFNOSUPPORT;
	if (type & ~(0xfl | SOCK_NONBLOCK | SOCK_CLOEXEC))
		return -EINVAL;
	switch (type & 0xf) {
	case SOCK_STREAM:
		return protocol && protocol != IPPROTO_TCP ? -EPROTONOSUPPORT : stream_open((int)type);
	}
	return -ESOCKTNOSUPPORT;
}
