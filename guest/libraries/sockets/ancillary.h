/* SPDX-License-Identifier: ISC */
/*
 * ancillary.h -- control data of sendmsg(2) and recvmsg(2): how a datagram came, and how one is to be sent
 *
 * Only these calls refer to it. The options say what a socket tells.
 */
#ifndef SOCKETS_ANCILLARY_H
#define SOCKETS_ANCILLARY_H

#include "socket.h"

/* of what a socket tells; those of IPv6 are for its own packets, but that it says where IPv4's came to, too */
enum { TELL_PLACE = 1, TELL_TTL = 2, TELL_SERVICE = 4, TELL6_PLACE = 8, TELL6_TTL = 16, TELL6_SERVICE = 32 };

/* the kernel's layout: musl pads its fields to the same offsets */
struct message {
	struct sockaddr *name;
	socklen_t name_size;
	struct iovec *parts;
	size_t count;
	void *control;
	size_t control_size;
	int flags;
};

/* one item: this header, and data; the next begins at a multiple of its alignment */
struct item {
	size_t size;            /* of both */
	int level, type;
};

/* how a datagram is to be sent; what it doesn't have is as the socket's options say */
struct manner {
	bool is_ipv6;           /* where to */
	ip_addr_t source;
	u8_t interface;         /* its number; 0: not given */
	u8_t time_to_live;
	u8_t service;
	bool has_source, has_time_to_live, has_service;
};

/* checks the items, and says what they ask for, of a datagram to there; a negative errno, or 0 */
long ancillary_read(const struct socket *socket, const struct message *message, const ip_addr_t *to, struct manner *manner);

/* the same for one of level IPPROTO_IPV6, with its data */
long ancillary6_read(int type, const void *data, size_t size, struct manner *manner);

/* writes the items that were asked for; sets control_size, and MSG_CTRUNC where the room is too small */
void ancillary_write(unsigned told, const struct arrival *arrival, struct message *message);

/* the same for those of IPv6, and then where to go on; *left is the room */
char *ancillary6_write(unsigned told, const struct arrival *arrival, char *to, size_t *left, int *flags);

/* adds an item, or as much of it as fits; returns where the next begins */
char *ancillary_add(char *to, size_t *left, int *flags, struct item item, const void *data);

/* the interface with a number, for control data; a negative errno if there is none */
long ancillary_interface(struct manner *manner, unsigned number);

#endif
