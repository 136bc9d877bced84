/* SPDX-License-Identifier: ISC */
/* sockets.h -- the guest's calls, and a guest with sockets in which nothing may be left after an input */
#ifndef FUZZ_SOCKETS_H
#define FUZZ_SOCKETS_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <time.h>

#include "../libc/calls/clock.h"
#include "../libc/calls/descriptor.h"

struct epoll_event;
struct mask_argument;

/* as the guest's C library calls them, with the structures of this machine, which are the same */
long guest_sys_socket(long family, long type, long protocol);
long guest_sys_bind(long descriptor, const struct sockaddr *name, socklen_t size);
long guest_sys_listen(long descriptor, long backlog);
long guest_sys_accept4(long descriptor, struct sockaddr *address, socklen_t *size, long flags);
long guest_sys_connect(long descriptor, const struct sockaddr *name, socklen_t size);
long guest_sys_sendto(long descriptor, const void *bytes, size_t size, long flags, const struct sockaddr *to, socklen_t to_size);
long guest_sys_recvfrom(long descriptor, void *bytes, size_t size, long flags, struct sockaddr *from, socklen_t *from_size);
long guest_sys_sendmsg(long descriptor, const struct msghdr *message, long flags);
long guest_sys_recvmsg(long descriptor, struct msghdr *message, long flags);
long guest_sys_shutdown(long descriptor, long how);
long guest_sys_getsockname(long descriptor, struct sockaddr *name, socklen_t *size);
long guest_sys_getpeername(long descriptor, struct sockaddr *name, socklen_t *size);
long guest_sys_setsockopt(long descriptor, long level, long option, const void *value, socklen_t size);
long guest_sys_getsockopt(long descriptor, long level, long option, void *value, socklen_t *size);
long guest_sys_epoll_create1(long flags);
long guest_sys_epoll_ctl(long instance, long operation, long descriptor, const struct epoll_event *event);
long guest_sys_epoll_pwait(long instance, struct epoll_event *events, long most, long milliseconds, const uint64_t *mask);
long guest_sys_ppoll(struct pollfd *polls, size_t count, const struct timespec *timeout, const uint64_t *mask);
long guest_sys_pselect6(long limit, fd_set *in, fd_set *out, fd_set *other, const struct timespec *timeout,
			const struct mask_argument *mask);

/* with the words of a command line; whenever the guest waits and the input is not over, peer goes on; else time does */
void sockets_start(char **words, int count, void (*peer)(void));

/* an input, which sockets_end ends: closes what is open, and aborts if anything is in use that was not */
void sockets_begin(const uint8_t *data, size_t size);
void sockets_end(void);

#endif
