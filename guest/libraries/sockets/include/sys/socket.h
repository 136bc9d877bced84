/* SPDX-License-Identifier: ISC */
/*
 * sys/socket.h -- the C library's, and socket() for a type that is a constant
 *
 * Such a call brings in only the code of this type's protocol.
 */
#ifndef SOCKETS_SYS_SOCKET_H
#define SOCKETS_SYS_SOCKET_H

#include_next <sys/socket.h>

#ifdef __cplusplus
extern "C" {
#endif

/* negative errno, or the descriptor */
long guest_sys_socket_stream(long family, long type, long protocol);
long guest_sys_socket_datagram(long family, long type, long protocol);

/* the C library's: sets errno */
long __syscall_ret(unsigned long result);
int __socket_of_any_type(int family, int type, int protocol) __asm__("socket");

extern __inline __attribute__((__gnu_inline__, __always_inline__)) int socket(int family, int type, int protocol)
{
	if (__builtin_constant_p(type) && (type & 0xf) == SOCK_STREAM)
		return (int)__syscall_ret((unsigned long)guest_sys_socket_stream(family, type, protocol));
	if (__builtin_constant_p(type) && (type & 0xf) == SOCK_DGRAM)
		return (int)__syscall_ret((unsigned long)guest_sys_socket_datagram(family, type, protocol));
	return __socket_of_any_type(family, type, protocol);
}

#ifdef __cplusplus
}
#endif

#endif
