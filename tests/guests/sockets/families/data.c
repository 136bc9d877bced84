/* SPDX-License-Identifier: ISC */
/* families/data.c -- names, messages, options and datagrams */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <unistd.h>

#include "families.h"

/* lengths of names */
void names(void)
{
	struct sockaddr_storage name;
	int (*const gets[])(int, struct sockaddr *, socklen_t *) = {getsockname, getpeername};
	int ends[2], one = new(SOCK_DGRAM);

	pair(ends);
	for (int peer = 0; peer < 2; peer++)
		for (int i = 0; i < 6; i++) {
			socklen_t size = (socklen_t[]){0, 1, 2, 8, 16, sizeof(name)}[i];

			memset(&name, 0xee, sizeof(name));
			say(peer ? "peer's name" : "name", gets[peer](ends[1], (struct sockaddr *)&name, &size));
			printf("  %u bytes, family %d, behind %02x %02x\n", size, i < 2 ? 0 : name.ss_family,
			       ((unsigned char *)&name)[i < 4 ? 8 : 28], ((unsigned char *)&name)[100]);
		}
	say("negative", getsockname(ends[1], (struct sockaddr *)&name, &(socklen_t){(socklen_t)-1}));
	say("negative, of the peer", getpeername(ends[1], (struct sockaddr *)&name, &(socklen_t){(socklen_t)-1}));
	say("a listener's peer", getpeername(listener, (struct sockaddr *)&name, &(socklen_t){sizeof(name)}));
	unpair(ends);
	for (int i = 0; i < 4; i++) {
		socklen_t size = (socklen_t[]){0, 4, 16, sizeof(name)}[i];

		ends[0] = new(SOCK_STREAM);
		connect_here(ends[0], PORT);
		ends[1] = accept(listener, (struct sockaddr *)&name, &size);
		say("accepted", ends[1] >= 0);
		say("  bytes", size);
		unpair(ends);
	}
	bind_here(one, PORT);
	for (int i = 0; i < 4; i++) {
		socklen_t size = (socklen_t[]){0, 4, 16, sizeof(name)}[i];

		send_here(one, PORT, "to itself");
		settle();
		say("received", recvfrom(one, bytes, 100, 0, (struct sockaddr *)&name, &size));
		say("  bytes", size);
	}
	send_here(one, PORT, "to itself");
	settle();
	say("a negative size", recvfrom(one, bytes, 100, MSG_DONTWAIT, (struct sockaddr *)&name, &(socklen_t){(socklen_t)-1}));
	say("is it lost", recv(one, bytes, 100, MSG_DONTWAIT));
	say("negative, accept", accept(one, (struct sockaddr *)&name, &(socklen_t){(socklen_t)-1}));
	ends[0] = new(SOCK_STREAM);
	connect_here(ends[0], PORT);
	say("negative, accept", accept(listener, (struct sockaddr *)&name, &(socklen_t){(socklen_t)-1}));
	fcntl(listener, F_SETFL, O_NONBLOCK);
	settle();
	say("is it lost", accept(listener, NULL, NULL));
	fcntl(listener, F_SETFL, 0);
	close(ends[0]);
	close(one);
}

static void message_receive(const char *what, int socket, struct iovec *places, int count, int flags, socklen_t name_size)
{
	struct sockaddr_storage name;
	char control[64];
	struct msghdr message = {.msg_name = name_size ? &name : NULL, .msg_namelen = name_size, .msg_iov = places, .msg_iovlen = count,
		.msg_control = control, .msg_controllen = sizeof(control), .msg_flags = 0x77};
	ssize_t size = recvmsg(socket, &message, flags);

	say(what, size);
	if (size >= 0)
		printf("  name %u control %u flags %x\n", message.msg_namelen, (unsigned)message.msg_controllen, (unsigned)message.msg_flags);
}

void messages(void)
{
	static struct iovec lots[IOV_MAX + 1];
	struct iovec parts[4] = {{"one ", 4}, {"", 0}, {"two ", 4}, {"three", 5}}, places[3] = {{bytes, 3}, {bytes + 10, 4}, {bytes + 20, 100}};
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = 4};
	struct sockaddr_storage name;
	int ends[2], one = new(SOCK_DGRAM), other = new(SOCK_DGRAM);

	for (int i = 0; i <= IOV_MAX; i++)
		lots[i] = (struct iovec){bytes + i, 1};
	pair(ends);
	setsockopt(ends[0], IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
	say("stream: sendmsg", sendmsg(ends[0], &message, 0));
	settle();
	message_receive("peek", ends[1], places, 2, MSG_PEEK, 0);
	message_receive("recvmsg", ends[1], places, 2, 0, sizeof(name));
	message_receive("recvmsg", ends[1], places, 3, MSG_DONTWAIT, sizeof(name));
	message_receive("recvmsg nothing", ends[1], places, 3, MSG_DONTWAIT, sizeof(name));
	message_receive("recvmsg no places", ends[1], places, 0, MSG_DONTWAIT, sizeof(name));
	say("sendmsg no parts", sendmsg(ends[0], &(struct msghdr){0}, 0));
	message = (struct msghdr){.msg_iov = lots, .msg_iovlen = IOV_MAX};
	say("as many parts as may be", sendmsg(ends[0], &message, 0));
	message.msg_iovlen++;
	say("one more", sendmsg(ends[0], &message, 0));
	say("one more, recvmsg", recvmsg(ends[1], &message, MSG_DONTWAIT));
	say("one more, writev", writev(ends[0], lots, IOV_MAX + 1));
	say("one more, readv", readv(ends[1], lots, IOV_MAX + 1));
	say("negative, writev", writev(ends[0], lots, -1));
	say("none, writev", writev(ends[0], lots, 0));
	say("none, readv", readv(ends[1], lots, 0));
	settle();
	say("as many places", readv(ends[1], lots, IOV_MAX));
	say("MSG_TRUNC", send(ends[0], "to be lost", 10, 0));
	settle();
	message_receive("recvmsg MSG_TRUNC", ends[1], places, 1, MSG_TRUNC, 0);
	message_receive("the rest", ends[1], places, 3, MSG_DONTWAIT, 0);
	message = (struct msghdr){.msg_iov = parts, .msg_iovlen = 1, .msg_control = NULL, .msg_controllen = 0, .msg_flags = 0xfff};
	say("flags of a message sent", sendmsg(ends[0], &message, 0));
	message.msg_name = &name;
	message.msg_namelen = 3;
	say("a name for a stream", sendmsg(ends[0], &message, 0));
	settle();
	say_received("it came", ends[1], MSG_DONTWAIT, 50);
	say_received("MSG_PEEK and MSG_WAITALL of nothing, not waiting", ends[1], MSG_PEEK | MSG_WAITALL | MSG_DONTWAIT, 50);
	send(ends[0], "some", 4, 0);
	settle();
	say_received("MSG_WAITALL, not waiting", ends[1], MSG_WAITALL | MSG_DONTWAIT, 50);
	limited(ends[1], SO_RCVTIMEO, 60);
	send(ends[0], "part", 4, 0);
	say_received("MSG_WAITALL until the time is over", ends[1], MSG_WAITALL, 50);
	say_received("MSG_WAITALL of nothing", ends[1], MSG_WAITALL, 50);
	unpair(ends);

	say("datagrams: bind", bind_here(one, PORT));
	say("connect", connect_here(other, PORT));
	message = (struct msghdr){.msg_iov = parts, .msg_iovlen = 4};
	for (int i = 0; i < 6; i++)
		say("sendmsg", sendmsg(other, &message, i == 5 ? MSG_DONTWAIT | MSG_NOSIGNAL : 0));
	settle();
	message_receive("peek", one, places, 2, MSG_PEEK, 0);
	message_receive("peek, whole", one, places, 1, MSG_PEEK | MSG_TRUNC, sizeof(name));
	message_receive("short name", one, places, 3, 0, 4);
	message_receive("no name", one, places, 3, 0, 0);
	message_receive("a part", one, places, 1, 0, sizeof(name));
	message_receive("a part, whole", one, places, 1, MSG_TRUNC, sizeof(name));
	message_receive("no places", one, places, 0, 0, sizeof(name));
	message_receive("MSG_WAITALL", one, places, 3, MSG_WAITALL, sizeof(name));
	message_receive("nothing", one, places, 3, MSG_DONTWAIT, sizeof(name));
	message = (struct msghdr){.msg_iov = lots, .msg_iovlen = IOV_MAX};
	say("as many parts as may be", sendmsg(other, &message, 0));
	message.msg_iovlen++;
	say("one more", sendmsg(other, &message, 0));
	say("writev", writev(other, parts, 4));
	say("writev none", writev(other, parts, 0));
	settle();
	say("readv", readv(one, lots, IOV_MAX));
	say("readv", readv(one, places, 2));
	say("readv nothing, or what is empty", (fcntl(one, F_SETFL, O_NONBLOCK), readv(one, places, 2)));
	say("readv", readv(one, places, 2));
	message = (struct msghdr){.msg_iov = parts, .msg_iovlen = 1, .msg_name = &name, .msg_namelen = 5};
	here(&name, PORT);
	say("a short name", sendmsg(other, &message, 0));
	message.msg_namelen = sizeof(name);
	say("a long name", sendmsg(other, &message, 0));
	message.msg_namelen = sizeof(name) + 1;
	say("too long a name", sendmsg(other, &message, 0));
	message.msg_namelen = (socklen_t)-1;
	say("a negative one", sendmsg(other, &message, 0));
	close(one);
	close(other);
}

void counts(void)
{
	int ends[2], count, one = new(SOCK_DGRAM), two = new(SOCK_STREAM);

	pair(ends);
	count = -1;
	say("FIONREAD", ioctl(ends[1], FIONREAD, &count));
	printf("  %d\n", count);
	send(ends[0], "some", 4, 0);
	shutdown(ends[0], SHUT_WR);
	settle();
	say("FIONREAD", ioctl(ends[1], FIONREAD, &count));
	printf("  %d\n", count);
	say_received("recv", ends[1], 0, 50);
	say("FIONREAD, ended", ioctl(ends[1], FIONREAD, &count));
	printf("  %d\n", count);
	count = -1;
	say("FIONREAD of a listener", ioctl(listener, FIONREAD, &count));
	say("FIONREAD of a new one", ioctl(two, FIONREAD, &count));
	printf("  %d\n", count);
	say("FIONREAD of a new datagram socket", ioctl(one, FIONREAD, &count));
	printf("  %d\n", count);
	bind_here(one, PORT);
	send_here(one, PORT, "");
	send_here(one, PORT, "seven b");
	settle();
	say("FIONREAD of an empty one", ioctl(one, FIONREAD, &count));
	printf("  %d\n", count);
	say_received("recv", one, MSG_DONTWAIT, 50);
	say("FIONREAD", ioctl(one, FIONREAD, &count));
	printf("  %d\n", count);
	say("unknown", ioctl(ends[1], 0x1234, &count));
	close(one);
	close(two);
	unpair(ends);
}

void options(void)
{
	static const int of_socket[] = {SO_REUSEADDR, SO_KEEPALIVE, SO_BROADCAST, SO_TYPE, SO_DOMAIN, SO_PROTOCOL, SO_ACCEPTCONN, SO_ERROR};
	static const int of_tcp[] = {TCP_NODELAY, TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT};
	int one = new(SOCK_STREAM), two = new(SOCK_DGRAM), ends[2];
	char name[64];

	for (size_t i = 0; i < sizeof(of_socket) / sizeof(of_socket[0]); i++) {
		snprintf(name, sizeof(name), "option %d", of_socket[i]);
		option(name, one, SOL_SOCKET, of_socket[i], 1);
		option(name, two, SOL_SOCKET, of_socket[i], 1);
	}
	for (size_t i = 0; i < sizeof(of_tcp) / sizeof(of_tcp[0]); i++) {
		snprintf(name, sizeof(name), "option of TCP %d", of_tcp[i]);
		option(name, one, IPPROTO_TCP, of_tcp[i], 1);
		option(name, one, IPPROTO_TCP, of_tcp[i], 0);
	}
	close(one);
	close(two);
	pair(ends);
	option("connected", ends[0], IPPROTO_TCP, TCP_NODELAY, 1);
	option("accepted", ends[1], SOL_SOCKET, SO_KEEPALIVE, 1);
	say("negative size", getsockopt(ends[0], SOL_SOCKET, SO_TYPE, name, &(socklen_t){(socklen_t)-1}));
	say("negative size", setsockopt(ends[0], SOL_SOCKET, SO_KEEPALIVE, name, (socklen_t)-1));
	say("no size", setsockopt(ends[0], SOL_SOCKET, SO_KEEPALIVE, name, 0));
	say("level", setsockopt(ends[0], 12345, SO_KEEPALIVE, name, 4));
	say("level", getsockopt(ends[0], 12345, SO_KEEPALIVE, name, &(socklen_t){4}));
	unpair(ends);
}

void datagrams(void)
{
	int one = new(SOCK_DGRAM), two = new(SOCK_DGRAM);

	fcntl(one, F_SETFL, O_NONBLOCK);
	fcntl(two, F_SETFL, O_NONBLOCK);
	say("send without a peer", send(one, "x", 1, 0));
	say("connect to nobody", connect_here(one, PORT + 8));
	say("send", send(one, "x", 1, 0));
	say_ready("refused", one);
	say_received("refused", one, 0, 9);
	say_received("once", one, 0, 9);
	say("send", send(one, "x", 1, 0));
	settle();
	say_error("refused", one);
	say_error("once", one);
	say("bind", bind_here(two, PORT + 8));
	say("send", send(one, "here", 4, 0));
	settle();
	say_received("recv", two, 0, 9);
	say("nothing sent", send(one, "", 0, 0));
	settle();
	say_ready("an empty one", two);
	say_received("an empty one", two, 0, 9);
	say_received("no more", two, 0, 9);
	say("disconnect", connect(one, &(struct sockaddr){.sa_family = AF_UNSPEC}, sizeof(struct sockaddr)));
	say("send", send(one, "x", 1, 0));
	say("too long", send_here(two, PORT, "x") + sendto(two, bytes, 70000, 0, NULL, 0));
	connect_here(one, PORT + 8);
	say("shutdown in", shutdown(two, SHUT_RD));
	say("shutdown out", shutdown(one, SHUT_WR));
	say("send", send(one, "x", 1, 0));
	say("signals", pipes);
	say_ready("it", one);
	say_ready("it", two);
	say("shutdown both", shutdown(one, SHUT_RDWR));
	say_ready("it", one);
	say_received("recv", one, 0, 9);
	say("MSG_MORE", send(two, "x", 1, MSG_MORE));
	close(one);
	close(two);
}
