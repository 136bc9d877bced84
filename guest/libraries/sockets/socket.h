/* SPDX-License-Identifier: ISC */
/*
 * socket.h -- sockets: what all of them have, and how the two protocols are served
 *
 * Only what makes a socket of a protocol names the protocol's table, so that
 * a program without sockets of one has none of its code. Calls return a
 * negative errno, as Linux does.
 */
#ifndef SOCKETS_SOCKET_H
#define SOCKETS_SOCKET_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "names.h"

#include "../libc/calls/descriptor.h"
#include "../libc/calls/interrupt.h"

#include "address.h"

/* one that wants to know when what may be waited for has changed (epoll) */
struct watch {
	struct watch *next;
	void (*changed)(struct watch *watch);
	void (*gone)(struct watch *watch);      /* what is watched is closed */
};

struct manner;

/* how a datagram came: from where, to which address of this host or of many, by which interface, and what its header says */
struct arrival {
	struct address from;
	ip_addr_t to;
	u8_t interface, time_to_live, service;
};

struct socket {
	struct file file;       /* first: its kind is one of a protocol */
	const struct protocol *protocol;
	int family;             /* AF_INET or AF_INET6 */
	bool only_ipv6;         /* IPV6_V6ONLY: of the latter, no address of IPv4 */
	uint64_t receive_limit, send_limit;     /* nanoseconds that a call waits; 0: for ever */
	int error;              /* of SO_ERROR: told once, then 0 */
	int options;            /* lwIP's SOF_..., which a control block that is made later gets, too */
	unsigned char time_to_live, service;    /* of IP_TTL, IP_TOS */
	unsigned char told;     /* TELL_... of ancillary.h: what recvmsg says of a datagram */
	struct watch *watches;
	bool full;              /* the last send left too little room for another: watches want to know when there is */
};

struct protocol {
	int type;               /* SOCK_... */
	int number;             /* IPPROTO_... */
	long (*bind)(struct socket *socket, const struct address *address);
	/* address NULL: AF_UNSPEC */
	long (*connect)(struct socket *socket, const struct address *address, bool wait);
	/* to and manner may be NULL; flags: MSG_..., and those of an answer; a stream has no arrivals */
	long (*send)(struct socket *socket, const struct iovec *parts, int count, int flags, const struct address *to,
		     const struct manner *manner);
	long (*receive)(struct socket *socket, const struct iovec *parts, int count, int *flags, struct arrival *arrival);
	long (*shut_down)(struct socket *socket, bool in, bool out);
	long (*local)(struct socket *socket, struct address *address);
	long (*remote)(struct socket *socket, struct address *address);
	long (*waiting)(struct socket *socket);         /* FIONREAD: bytes, or a negative errno */
	long (*unsent)(struct socket *socket);          /* TIOCOUTQ: bytes that the peer has not acknowledged; or the same */
	/* of the protocol's own level; size is that of value, and at least an int's */
	long (*option_set)(struct socket *socket, int option, int value);
	long (*option_get)(struct socket *socket, int option, int *value);
	/* options, time_to_live or service have changed */
	void (*options_apply)(struct socket *socket);
};

/* the socket of a descriptor; NULL with *error EBADF or ENOTSOCK */
struct socket *socket_get(long descriptor, long *error);

/* sends to an address, or if it is NULL to the peer; a stream has only that. A negative errno, or how many bytes */
long socket_send(struct socket *socket, const struct iovec *parts, int count, long flags, const struct sockaddr *to, socklen_t to_size,
		 const struct manner *manner);

/* receives, and says from where unless from is NULL; a stream doesn't say, and makes *from_size 0 unless that is NULL */
long socket_receive(struct socket *socket, const struct iovec *parts, int count, int *flags, struct sockaddr *from,
		    socklen_t *from_size, struct arrival *arrival);

/* what SO_ERROR would tell, once; negative or 0 */
long socket_error_take(struct socket *socket);

/* the bits of socket's second argument that are the type */
enum { SOCKET_TYPE = 0xf };

/* 0 for the first two arguments of socket that may be right; else a negative errno */
long socket_wrong(long family, long type);

/* socket(2) for one type begins: 0 if its protocol is the number, and there is a network; else a negative errno */
long socket_begin(long family, long type, long protocol, int number);

/* socket(2) for one type */
long guest_sys_socket_stream(long family, long type, long protocol);
long guest_sys_socket_datagram(long family, long type, long protocol);

/* the address that stands for all of this host's, for a socket that was not bound to one */
ip_addr_t socket_any(const struct socket *socket);

/* the address that bind means: any is that of the socket */
ip_addr_t socket_bound(const struct socket *socket, const ip_addr_t *ip);

/* 0 if a socket of its kind may send there; a negative errno */
long socket_may_reach(const struct socket *socket, const ip_addr_t *to);

/* whether it tells something; 0: nothing that can be told */
static inline long socket_tell(struct socket *socket, unsigned what, int on)
{
	socket->told = (unsigned char)(on ? socket->told | what : socket->told & ~what);
	return what ? 0 : -ENOPROTOOPT;
}

/* options of level IPPROTO_IPV6 */
long options6_set(struct socket *socket, int option, int value);
long options6_get(struct socket *socket, int option, int *value);

/* puts a socket into the table of descriptors, with SOCK_NONBLOCK of flags; or a negative errno */
long socket_add(struct socket *socket, int flags);

/* the bytes of all parts */
static inline size_t parts_size(const struct iovec *parts, int count)
{
	size_t size = 0;

	for (int i = 0; i < count; i++)
		size += parts[i].iov_len;
	return size;
}

/* what may be waited for has changed */
void socket_changed(struct socket *socket);

/* ioctl of a socket */
long socket_control(struct file *file, unsigned long request, void *argument);

/* what they watch is about to go */
void watches_drop(struct watch **first);

/* true if a call may not wait */
bool socket_is_hasty(const struct socket *socket, int flags);

/* the time at which a wait of so many nanoseconds ends */
uint64_t socket_wait_end(uint64_t limit);

/*
 * Waits until something happens: 0; -EAGAIN if the time is over. After a signal handler, which may have closed the
 * socket: -ERESTART if the handler has SA_RESTART and the wait has no time limit, else -EINTR.
 */
long socket_wait(uint64_t end);

/* makes progress without waiting, for a call that may not wait: 0, or -ERESTART if a handler ran */
long socket_look(void);

/*
 * The same for a call that may wait or not: waits, or looks once and then says -EAGAIN. A program that calls again
 * and again without waiting gets on by these looks alone. looked is false at first.
 */
long socket_await(const struct socket *socket, int flags, uint64_t end, bool *looked);

#endif
