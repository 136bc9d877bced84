/* SPDX-License-Identifier: ISC */
/*
 * fuzz_sockets.c -- the library of sockets over lwIP: what a program calls, in turn with what its peer sends
 *
 * A byte of the input says which of them comes next. A call that waits lets the peer
 * go on, and is interrupted at the end of the input. After it nothing may be left, see sockets.c.
 */
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>

#include "peer.h"
#include "sockets.h"
#include "sockets_config.h"

enum { DESCRIPTORS = 16, BYTES = 8192, PORT = 7 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct sockaddr *name_choose(socklen_t *size)
{
	static struct sockaddr_in6 six;
	static struct sockaddr_in four;
	static const char *const addresses[] = {"\0\0\0\0", "\x7f\0\0\1", "\x0a\x09\0\1", "\x0a\x09\0\2", "\x0a\x09\0\xff", "\1\2\3\4"};
	unsigned what = input_byte(), port = what & 64 ? 1000 + input_byte() : PORT + (what >> 7);

	six = (struct sockaddr_in6){.sin6_family = what & 32 && !(what & 3) ? (sa_family_t)input_byte() : AF_INET6, .sin6_port = htons((uint16_t)port)};
	four = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	if (what & 16) {
		memcpy(&four.sin_addr, addresses[what % 6], 4);
		*size = sizeof(four) - (what % 16 == 15);
		return (struct sockaddr *)&four;
	}
	*size = sizeof(six) - (what % 16 == 15);
	if (what & 8) {
		memcpy(six.sin6_addr.s6_addr + 10, "\xff\xff", 2);
		memcpy(six.sin6_addr.s6_addr + 12, addresses[what % 6], 4);
	} else if (what & 7) {
		memcpy(six.sin6_addr.s6_addr, what & 4 ? "\xfe\x80" : "\xfd", 2);
		six.sin6_addr.s6_addr[15] = what & 2 ? 2 : 1;
		six.sin6_scope_id = what & 4 ? 2 : 0;
	}
	return (struct sockaddr *)&six;
}

/* the name and its size in this order, whatever a compiler's order of arguments is */
static void name_use(long (*call)(long descriptor, const struct sockaddr *name, socklen_t size), long descriptor)
{
	socklen_t size;
	const struct sockaddr *name = name_choose(&size);

	call(descriptor, name, size);
}

static struct iovec *parts_choose(size_t *count)
{
	static uint8_t bytes[4][BYTES];
	static struct iovec parts[4];

	*count = input_byte() % 5;
	for (size_t i = 0; i < *count; i++)
		parts[i] = (struct iovec){bytes[i], input_byte() * 33 % BYTES};
	return parts;
}

static int flags_choose(void)
{
	static const int all[] = {MSG_PEEK, MSG_DONTWAIT, MSG_WAITALL, MSG_MORE, MSG_NOSIGNAL, MSG_TRUNC, MSG_OOB, MSG_CTRUNC};
	unsigned which = input_byte();
	int flags = 0;

	for (unsigned i = 0; i < 8; i++)
		flags |= which & 1u << i ? all[i] : 0;
	return flags;
}

static void option_use(long descriptor, bool set)
{
	static const struct { int level, option; } options[] = {
		{SOL_SOCKET, SO_REUSEADDR}, {SOL_SOCKET, SO_KEEPALIVE}, {SOL_SOCKET, SO_BROADCAST}, {SOL_SOCKET, SO_LINGER},
		{SOL_SOCKET, SO_RCVTIMEO}, {SOL_SOCKET, SO_SNDTIMEO}, {SOL_SOCKET, SO_ERROR}, {SOL_SOCKET, SO_TYPE},
		{SOL_SOCKET, SO_SNDBUF}, {SOL_SOCKET, SO_ACCEPTCONN}, {IPPROTO_IP, IP_TTL}, {IPPROTO_IP, IP_TOS},
		{IPPROTO_IPV6, IPV6_V6ONLY}, {IPPROTO_IPV6, IPV6_UNICAST_HOPS}, {IPPROTO_IPV6, IPV6_TCLASS}, {IPPROTO_TCP, TCP_NODELAY},
		{IPPROTO_TCP, TCP_KEEPIDLE}, {IPPROTO_TCP, TCP_KEEPINTVL}, {IPPROTO_TCP, TCP_KEEPCNT}, {IPPROTO_TCP, TCP_MAXSEG},
		{IPPROTO_TCP, TCP_CORK}, {IPPROTO_TCP, TCP_USER_TIMEOUT}, {IPPROTO_IP, IP_PKTINFO}, {IPPROTO_IP, IP_RECVTTL}, {IPPROTO_IP, IP_RECVTOS},
		{IPPROTO_IPV6, IPV6_RECVPKTINFO}, {IPPROTO_IPV6, IPV6_RECVHOPLIMIT}, {IPPROTO_IPV6, IPV6_RECVTCLASS},
	};
	enum { COUNT = sizeof(options) / sizeof(options[0]) };
	unsigned which = input_byte();
	uint8_t value[32] = {0};
	socklen_t size = which & 128 ? sizeof(value) : 4;
	int level = options[which % COUNT].level, option = options[which % COUNT].option;

	if (which & 64)
		option = (int)input_byte();
	if (set) {
		value[0] = (uint8_t)input_byte();
		/* the time of a limit, or for how long to linger */
		value[4] = value[8] = value[0] & 1;
		guest_sys_setsockopt(descriptor, level, option, value, size);
	} else {
		guest_sys_getsockopt(descriptor, level, option, value, &size);
	}
}

/* control data, in memory of exactly its size: items that may be right, or any bytes */
static void *control_make(size_t *size)
{
	static const struct { int level, type; } kinds[] = {
		{IPPROTO_IP, IP_PKTINFO}, {IPPROTO_IP, IP_TTL}, {IPPROTO_IP, IP_TOS}, {IPPROTO_IPV6, IPV6_PKTINFO},
		{IPPROTO_IPV6, IPV6_HOPLIMIT}, {IPPROTO_IPV6, IPV6_TCLASS}, {SOL_SOCKET, SCM_RIGHTS},
	};
	uint8_t bytes[128] = {0}, *copy;
	unsigned how = input_byte();

	*size = input_byte() % sizeof(bytes);
	if (how & 1)
		input_bytes(bytes, *size);
	for (size_t at = 0; !(how & 1) && at + CMSG_LEN(24) < sizeof(bytes); ) {
		struct cmsghdr *item = (struct cmsghdr *)(bytes + at);
		unsigned what = input_byte();

		*item = (struct cmsghdr){CMSG_LEN(what & 8 ? input_byte() : what % 8 == 0 ? 12 : what % 8 == 3 ? 20 : 4),
			kinds[what % 8 % 7].level, kinds[what % 8 % 7].type};
		bytes[at + CMSG_LEN(0)] = what >> 4;
		if (what & 128)
			memcpy(bytes + at + CMSG_LEN(4), "\x0a\x09\0\2", 4);
		at += CMSG_ALIGN(item->cmsg_len < CMSG_LEN(24) ? item->cmsg_len : CMSG_LEN(24));
	}
	copy = malloc(*size + 1);
	if (!copy)
		abort();
	memcpy(copy, bytes, *size);
	return copy;
}

static void message_use(long descriptor, bool send)
{
	struct sockaddr_storage from;
	struct msghdr message = {0};
	void *control;
	socklen_t size;

	message.msg_iov = parts_choose(&message.msg_iovlen);
	if (input_byte() & 1) {
		message.msg_control = control_make(&message.msg_controllen);
	}
	control = message.msg_control;
	if (send && input_byte() & 1) {
		message.msg_name = (void *)name_choose(&size);
		message.msg_namelen = size;
	} else if (!send) {
		message.msg_name = &from;
		message.msg_namelen = sizeof(from) - input_byte() % 128;
	}
	if (send)
		guest_sys_sendmsg(descriptor, &message, flags_choose());
	else
		guest_sys_recvmsg(descriptor, &message, flags_choose());
	free(control);
}

static void bytes_use(long descriptor, bool send)
{
	static uint8_t bytes[BYTES];
	struct sockaddr_storage from;
	socklen_t size = sizeof(from);
	unsigned how = input_byte();
	size_t count = input_byte() * (how & 1 ? 31u : 1u);
	const struct sockaddr *to = how & 2 ? name_choose(&size) : NULL;

	if (send)
		guest_sys_sendto(descriptor, bytes, count, flags_choose(), to, size);
	else
		guest_sys_recvfrom(descriptor, bytes, count, flags_choose(), to ? (struct sockaddr *)&from : NULL, &size);
}

static void events_use(long descriptor)
{
	static const uint32_t all[] = {EPOLLIN, EPOLLOUT, EPOLLRDHUP, EPOLLET, EPOLLONESHOT, EPOLLEXCLUSIVE};
	struct epoll_event event = {0}, events[4];
	unsigned which = input_byte(), how = input_byte();

	for (unsigned i = 0; i < 6; i++)
		event.events |= which & 1u << i ? all[i] : 0;
	if (how & 1)
		guest_sys_epoll_pwait(descriptor, events, 1 + how / 2 % 4, how & 64 ? how : 0, NULL);
	else
		guest_sys_epoll_ctl(descriptor, 1 + how / 2 % 3, input_byte() % DESCRIPTORS, &event);
}

static void poll_use(void)
{
	struct timespec time = {0, input_byte() * 1000000l};
	struct pollfd polls[4];
	fd_set in, out;

	for (int i = 0; i < 4; i++)
		polls[i] = (struct pollfd){.fd = (int)(input_byte() % DESCRIPTORS), .events = (short)input_byte()};
	if (polls[0].events & 64) {
		FD_ZERO(&in);
		FD_SET(polls[0].fd, &in);
		FD_SET(polls[1].fd, &in);
		FD_ZERO(&out);
		FD_SET(polls[2].fd, &out);
		guest_sys_pselect6(DESCRIPTORS, &in, &out, &in, &time, NULL);
	} else {
		guest_sys_ppoll(polls, 4, &time, NULL);
	}
}

static void socket_make(void)
{
	unsigned how = input_byte();
	long descriptor = guest_sys_socket(how & 1 ? AF_INET6 : AF_INET, (how & 2 ? SOCK_DGRAM : SOCK_STREAM) | (how & 12 ? SOCK_NONBLOCK : 0), 0);

	/* few, so that bytes of the input mean some that exist */
	if (descriptor >= DESCRIPTORS)
		descriptor_close(descriptor);
	else if (descriptor >= 0 && how & 16)
		name_use(guest_sys_bind, descriptor);
	if (descriptor >= 0 && descriptor < DESCRIPTORS && how & 32)
		guest_sys_listen(descriptor, how >> 6);
}

static void accept_one(long descriptor)
{
	struct sockaddr_storage name;
	socklen_t size = input_byte() % (sizeof(name) + 1);
	long accepted = guest_sys_accept4(descriptor, size & 1 ? NULL : (struct sockaddr *)&name, &size, input_byte() & 3 ? SOCK_NONBLOCK : 0);

	if (accepted >= DESCRIPTORS)
		descriptor_close(accepted);
}

static void copy_make(long descriptor)
{
	struct file *file = descriptor_file(descriptor);
	long copy = file ? descriptor_add(file, 0, 0) : -1;

	if (copy >= DESCRIPTORS)
		descriptor_close(copy);
}

static void control_use(long descriptor)
{
	struct file *file = descriptor_file(descriptor);
	static const unsigned long requests[] = {FIONREAD, FIONBIO, TIOCOUTQ};
	unsigned how = input_byte();
	int value = (int)(how & 1);

	if (!file)
		return;
	file->flags ^= value ? O_NONBLOCK : 0;
	if (file->kind->control)
		file->kind->control(file, requests[how % 3], &value);
}

static void program_turn(unsigned what)
{
	long descriptor = input_byte() % DESCRIPTORS;
	struct sockaddr_storage name;
	socklen_t size = sizeof(name);

	switch (what % 20) {
	case 0:
	case 1:
		socket_make();
		break;
	case 2:
		name_use(guest_sys_bind, descriptor);
		break;
	case 3:
		guest_sys_listen(descriptor, input_byte());
		break;
	case 4:
	case 5:
		accept_one(descriptor);
		break;
	case 6:
		name_use(guest_sys_connect, descriptor);
		break;
	case 7:
	case 8:
		bytes_use(descriptor, true);
		break;
	case 9:
		bytes_use(descriptor, false);
		break;
	case 10:
	case 11:
		message_use(descriptor, what & 32);
		break;
	case 12:
		guest_sys_shutdown(descriptor, input_byte() % 4);
		break;
	case 13:
		descriptor_close(descriptor);
		break;
	case 14:
		option_use(descriptor, what & 32);
		break;
	case 15:
		if (guest_sys_epoll_create1(0) >= DESCRIPTORS)
			descriptor_close(DESCRIPTORS);
		break;
	case 16:
		events_use(descriptor);
		break;
	case 17:
		poll_use();
		break;
	case 18:
		if (what & 32)
			guest_sys_getsockname(descriptor, (struct sockaddr *)&name, &size);
		else
			guest_sys_getpeername(descriptor, (struct sockaddr *)&name, &size);
		break;
	default:
		if (what & 32)
			copy_make(descriptor);
		else
			control_use(descriptor);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char *words[] = {"program", "--ip=10.9.0.2/24", "--gateway=10.9.0.1", "--ip=fd00::2/64", NULL};
	static bool started;

	if (!started)
		sockets_start(words, 4, peer_turn);
	started = true;
	sockets_begin(data, size);
	while (input_is_left()) {
		unsigned what = input_byte();

		if (what & 128)
			program_turn(what);
		else
			clock_wait(peer_now);
	}
	sockets_end();
	return 0;
}
