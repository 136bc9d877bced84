/* SPDX-License-Identifier: ISC */
/* streams.c -- every call on TCP sockets, errors included; it is its own peer, so that it can run as a process, too */
#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "internet.h"
#include "say.h"

static char bytes[1 << 20];
static volatile int pipes;

static void on_pipe(int number)
{
	pipes += number == SIGPIPE;
}

static int new(void)
{
	return socket(AF_INET, SOCK_STREAM, 0);
}

static int hasty(int socket)
{
	fcntl(socket, F_SETFL, O_NONBLOCK);
	return socket;
}

static void say_received(const char *what, int socket, int flags, size_t most)
{
	ssize_t size = recv(socket, bytes, most, flags);

	say(what, size);
	if (size > 0 && size < 100)
		printf("  %.*s\n", (int)size, bytes);
}

static int listener;
enum { PORT = 2345 };

/* both ends of a connection */
static void pair(int ends[2])
{
	ends[0] = new();
	if (connect_to(ends[0], "127.0.0.1", PORT))
		say("pair", -1);
	ends[1] = accept(listener, NULL, NULL);
}

static void unpair(int ends[2])
{
	close(ends[0]);
	close(ends[1]);
}

static void wrong_ones(void)
{
	struct sockaddr_in name = at("127.0.0.1", 1);
	char byte = 0;

	say("family", socket(200, SOCK_STREAM, 0));
	say("type", socket(AF_INET, 9, 0));
	say("flags", socket(AF_INET, SOCK_STREAM | 0x1000000, 0));
	say("protocol", socket(AF_INET, SOCK_STREAM, IPPROTO_UDP));
	say("bind EBADF", bind(99, (struct sockaddr *)&name, sizeof(name)));
	say("bind ENOTSOCK", bind(1, (struct sockaddr *)&name, sizeof(name)));
	say("listen ENOTSOCK", listen(1, 1));
	say("accept EBADF", accept(99, NULL, NULL));
	say("accept4 flags", accept4(1, NULL, NULL, 1));
	say("connect ENOTSOCK", connect(1, (struct sockaddr *)&name, sizeof(name)));
	say("send ENOTSOCK", send(1, &byte, 1, 0));
	say("recv EBADF", recv(99, &byte, 1, 0));
	say("shutdown ENOTSOCK", shutdown(1, SHUT_RD));
	say("getsockopt ENOTSOCK", getsockopt(1, SOL_SOCKET, SO_TYPE, &byte, &(socklen_t){1}));
}

static void fresh_one(void)
{
	int one = new(), other = new();
	struct sockaddr_in name = at("127.0.0.1", PORT);

	say_ready("a new one", one);
	say_received("recv", one, 0, 1);
	say("send", send(one, "x", 1, MSG_NOSIGNAL));
	say("send", send(one, "x", 1, 0));
	say("signals", pipes);
	say("shutdown", shutdown(one, SHUT_RDWR));
	say("accept", accept(one, NULL, NULL));
	say("lseek", lseek(one, 0, SEEK_SET));
	say_name("its name", getsockname, one, 0);
	say_name("its peer", getpeername, one, 0);
	say("bind short", bind(one, (struct sockaddr *)&name, 8));
	name.sin_family = 77;
	say("bind family", bind(one, (struct sockaddr *)&name, sizeof(name)));
	say("connect family", connect(one, (struct sockaddr *)&name, sizeof(name)));
	say("bind elsewhere", bind_to(one, "198.51.100.1", PORT));
	say("bind", bind_to(one, "127.0.0.1", PORT + 1));
	say_name("its name", getsockname, one, 1);
	say("bind again", bind_to(one, "127.0.0.1", PORT + 2));
	say("bind the same", bind_to(other, "0.0.0.0", PORT + 1));
	say("listen", listen(one, 5));
	say("listen again", listen(one, 6));
	say_ready("a listener", one);
	say("connect a listener", connect_to(one, "127.0.0.1", PORT));
	say_received("recv of a listener", one, 0, 1);
	say("send of a listener", send(one, "x", 1, MSG_NOSIGNAL));
	say("send nothing of a listener", sendmsg(one, &(struct msghdr){0}, MSG_NOSIGNAL));
	say("and no bytes", send(one, "x", 0, MSG_NOSIGNAL));
	setsockopt(other, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	say("bind the same again", bind_to(other, "127.0.0.1", PORT + 1));
	hasty(one);
	say("accept nothing", accept(one, NULL, NULL));
	close(one);
	say("bind what is free", bind_to(other, "127.0.0.1", PORT + 1));
	close(other);
	for (int i = 0; i < 4; i++) {
		static const char *const many[] = {"224.0.0.1", "239.255.1.2", "255.255.255.255", "127.255.255.255"};

		one = new();
		say(many[i], bind_to(one, many[i], PORT + 1));
		say_name("its name", getsockname, one, 1);
		say("to a listener", connect_to(one, "127.0.0.1", PORT));
		say_name("its name", getsockname, one, 1);
		say_name("its peer", getpeername, one, 1);
		close(accept(listener, NULL, NULL));
		close(one);
		one = new();
		say("bind", bind_to(one, many[i], PORT + 3 + i));
		say("listen", listen(one, 1));
		other = new();
		say("bind to the same", bind_to(other, many[i], PORT + 3 + i));
		say("connect", connect_to(other, "127.0.0.1", PORT + 3 + i));
		close(other);
		close(one);
	}
	one = new();
	say("bind to a class of none", bind_to(one, "240.0.0.1", PORT + 1));
	close(one);
	one = new();
	say("listen unbound", listen(one, 0));
	say_name("its name", getsockname, one, 0);
	close(one);
}

static void refused_ones(void)
{
	int one = new();

	say("refused", connect_to(one, "127.0.0.1", 9));
	say_error("its error", one);
	say("refused again", connect_to(one, "127.0.0.1", 9));
	say("then not", connect_to(one, "127.0.0.1", PORT));
	close(one);
	close(accept(listener, NULL, NULL));
	one = hasty(new());
	say("refused later", connect_to(one, "127.0.0.1", 9));
	say_ready("the refused", one);
	say_error("its error", one);
	say_error("its error", one);
	say("in progress", connect_to(one, "127.0.0.1", PORT));
	say_ready("the connected", one);
	say("connect again", connect_to(one, "127.0.0.1", PORT));
	say("and again", connect_to(one, "127.0.0.1", PORT));
	say_error("its error", one);
	say("listen", listen(one, 1));
	close(one);
	close(accept(listener, NULL, NULL));
	one = new();
	say("no route", connect_to(one, "203.0.113.1", 9));
	close(one);
}

static void names(void)
{
	struct sockaddr_in name;
	socklen_t size = sizeof(name);
	int one = new(), other, third = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	say("to any", connect_to(one, "0.0.0.0", PORT));
	other = accept4(listener, (struct sockaddr *)&name, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
	printf("from %s, %u bytes, nonblocking %d, closed by exec %d\n", inet_ntoa(name.sin_addr), size,
	       !!(fcntl(other, F_GETFL) & O_NONBLOCK), fcntl(other, F_GETFD));
	say("F_SETFD", fcntl(other, F_SETFD, 0));
	say("F_GETFD", fcntl(other, F_GETFD));
	say("F_GETFD", fcntl(one, F_GETFD));
	say("SOCK_CLOEXEC", fcntl(third, F_GETFD));
	say("  nonblocking", fcntl(third, F_GETFL) & O_NONBLOCK);
	close(third);
	say_name("one", getsockname, one, 0);
	say_name("its peer", getpeername, one, 1);
	say_name("other", getsockname, other, 1);
	say_name("its peer", getpeername, other, 0);
	size = 4;
	say("a short name", getsockname(one, (struct sockaddr *)&name, &size));
	say("  has", size);
	close(one);
	close(other);
}

static void bytes_move(void)
{
	struct iovec parts[3] = {{"one ", 4}, {"", 0}, {"two", 3}}, places[2] = {{bytes, 5}, {bytes + 10, 20}};
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = 3};
	int ends[2], count;

	pair(ends);
	say("write", write(ends[0], "hello", 5));
	say_ready("the other", ends[1]);
	say("FIONREAD", ioctl(ends[1], FIONREAD, &count));
	say("  bytes", count);
	say_received("peek", ends[1], MSG_PEEK, 3);
	say_received("recv", ends[1], 0, 3);
	say_received("recv", ends[1], 0, 30);
	say_received("recv nothing", ends[1], MSG_DONTWAIT, 30);
	say_received("recv no bytes", ends[1], MSG_DONTWAIT, 0);
	say("read no bytes", read(ends[1], bytes, 0));
	say("writev", writev(ends[1], parts, 3));
	settle();
	say("readv", readv(ends[0], places, 2));
	printf("  %.5s%.2s\n", bytes, bytes + 10);
	say("sendmsg", sendmsg(ends[0], &message, 0));
	message = (struct msghdr){.msg_iov = places, .msg_iovlen = 2, .msg_name = bytes + 100, .msg_namelen = 16, .msg_flags = 7};
	settle();
	say("recvmsg", recvmsg(ends[1], &message, 0));
	printf("  %.5s%.2s %u %d\n", bytes, bytes + 10, message.msg_namelen, message.msg_flags);
	say("send to", sendto(ends[0], "abc", 3, 0, (struct sockaddr *)&(struct sockaddr_in){.sin_family = AF_INET}, 16));
	say("send", send(ends[0], "defg", 4, MSG_MORE));
	say_received("recv all", ends[1], MSG_WAITALL, 6);
	say_received("recv trunc", ends[1], MSG_TRUNC, 0);
	close(ends[0]);
	say_received("recv all of less", ends[1], MSG_WAITALL, 6);
	say_received("recv the end", ends[1], 0, 6);
	close(ends[1]);
}

static void ends_of_connections(void)
{
	int ends[2];

	pair(ends);
	say("shutdown how", shutdown(ends[0], 5));
	say("shutdown out", shutdown(ends[0], SHUT_WR));
	say("again", shutdown(ends[0], SHUT_WR));
	say_ready("one", ends[0]);
	say_ready("other", ends[1]);
	say("send", send(ends[0], "x", 1, MSG_NOSIGNAL));
	say_received("recv", ends[1], 0, 5);
	say("the other sends", send(ends[1], "back", 4, 0));
	settle();
	say_received("recv", ends[0], 0, 9);
	say("the other ends, too", shutdown(ends[1], SHUT_WR));
	say_ready("one", ends[0]);
	say_received("recv", ends[0], 0, 9);
	say_received("recv", ends[1], 0, 9);
	unpair(ends);

	pair(ends);
	say("shutdown in", shutdown(ends[0], SHUT_RD));
	say_ready("one", ends[0]);
	say_received("recv", ends[0], 0, 5);
	say("send", send(ends[0], "y", 1, 0));
	unpair(ends);

	pair(ends);
	say("unread", send(ends[0], "unread", 6, 0));
	settle();
	close(ends[1]);
	say_ready("the reset", ends[0]);
	say_received("recv", ends[0], 0, 5);
	say_received("recv", ends[0], 0, 5);
	say("send", send(ends[0], "z", 1, MSG_NOSIGNAL));
	say_name("its peer", getpeername, ends[0], 1);
	say("shutdown", shutdown(ends[0], SHUT_WR));
	close(ends[0]);

	pair(ends);
	setsockopt(ends[1], SOL_SOCKET, SO_LINGER, &(struct linger){.l_onoff = 1}, sizeof(struct linger));
	close(ends[1]);
	settle();
	say("send after a reset", send(ends[0], "z", 1, MSG_NOSIGNAL));
	say("again", send(ends[0], "z", 1, MSG_NOSIGNAL));
	say_error("its error", ends[0]);
	close(ends[0]);

	pair(ends);
	close(ends[1]);
	settle();
	say("send after an end", send(ends[0], "z", 1, 0));
	settle();
	say("and then", send(ends[0], "z", 1, 0));
	say("signals", pipes);
	say_ready("it", ends[0]);
	close(ends[0]);

	ends[0] = new();
	connect_to(ends[0], "127.0.0.1", PORT);
	say("sent before it is accepted", send(ends[0], "early", 5, 0));
	close(ends[0]);
	say_ready("the listener", listener);
	ends[1] = accept(listener, NULL, NULL);
	say_received("recv", ends[1], 0, 9);
	say_received("recv", ends[1], 0, 9);
	close(ends[1]);
}

static long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void waits(void)
{
	int ends[2];
	long start = milliseconds();
	struct timeval limit = {.tv_usec = 80000}, none = {0};

	pair(ends);
	say("SO_RCVTIMEO", setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)));
	say_received("recv", ends[0], 0, 1);
	start = milliseconds() - start;
	printf("it took %s\n", start >= 79 && start < 2000 ? "its time" : "another time");
	limit.tv_usec = 1000000;
	say("a wrong time", setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)));
	say("no time", setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &none, sizeof(none)));
	say("accept's time", setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){.tv_usec = 50000}, sizeof(limit)));
	say("accept", accept(listener, NULL, NULL));
	setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &none, sizeof(none));
	unpair(ends);
}

static void full_one(void)
{
	fd_set in, out;
	int ends[2];
	size_t sent = 0, received = 0;
	ssize_t size;

	pair(ends);
	hasty(ends[0]);
	hasty(ends[1]);
	for (int i = 0; i < 3; i++) {
		while ((size = send(ends[0], bytes, sizeof(bytes), 0)) > 0)
			sent += (size_t)size;
		say("full", size);
		settle();
	}
	say_ready("the full", ends[0]);
	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_SET(ends[1], &in);
	FD_SET(ends[0], &out);
	say("select", select(ends[1] + 1, &in, &out, NULL, &(struct timeval){0}));
	printf("  %d %d\n", !!FD_ISSET(ends[1], &in), !!FD_ISSET(ends[0], &out));
	while (received < sent) {
		size = recv(ends[1], bytes, sizeof(bytes), 0);
		if (size > 0)
			received += (size_t)size;
		else
			settle();
	}
	say("lost", (long)(sent - received));
	say_ready("the empty", ends[0]);
	unpair(ends);
}

/* nothing but its own calls tells a program that there is room again */
static void insistent_one(void)
{
	int ends[2], arrived = 0, tries = 0;

	pair(ends);
	hasty(ends[0]);
	while (send(ends[0], bytes, sizeof(bytes), 0) > 0)
		;
	ioctl(ends[1], FIONREAD, &arrived);
	say("some arrived", arrived > 0);
	while (arrived > 0)
		arrived -= (int)recv(ends[1], bytes, (size_t)arrived < sizeof(bytes) ? (size_t)arrived : sizeof(bytes), 0);
	while (send(ends[0], bytes, 1, 0) < 0 && errno == EAGAIN && tries < 1000000)
		tries++;
	say("sent at last", tries < 1000000);
	unpair(ends);
}

static void options(void)
{
	struct linger linger = {1, 7};
	struct timeval time = {2, 500000};
	socklen_t size = sizeof(linger);
	int one = new();

	option("SO_REUSEADDR", one, SOL_SOCKET, SO_REUSEADDR, 1);
	option("SO_REUSEADDR", one, SOL_SOCKET, SO_REUSEADDR, 0);
	option("SO_KEEPALIVE", one, SOL_SOCKET, SO_KEEPALIVE, 5);
	option("SO_BROADCAST", one, SOL_SOCKET, SO_BROADCAST, 1);
	option("SO_TYPE", one, SOL_SOCKET, SO_TYPE, 1);
	option("SO_DOMAIN", one, SOL_SOCKET, SO_DOMAIN, 1);
	option("SO_PROTOCOL", one, SOL_SOCKET, SO_PROTOCOL, 1);
	option("SO_ACCEPTCONN", one, SOL_SOCKET, SO_ACCEPTCONN, 1);
	option("SO_ACCEPTCONN", listener, SOL_SOCKET, SO_ACCEPTCONN, 1);
	option("unknown", one, SOL_SOCKET, 9999, 1);
	option("TCP_NODELAY", one, IPPROTO_TCP, TCP_NODELAY, 1);
	option("TCP_KEEPIDLE", one, IPPROTO_TCP, TCP_KEEPIDLE, 30);
	option("TCP_KEEPINTVL", one, IPPROTO_TCP, TCP_KEEPINTVL, 40);
	option("TCP_KEEPCNT", one, IPPROTO_TCP, TCP_KEEPCNT, 5);
	option("TCP_KEEPCNT", one, IPPROTO_TCP, TCP_KEEPCNT, 0);
	option("unknown", one, IPPROTO_TCP, 999, 0);
	option("IP_TTL", one, IPPROTO_IP, IP_TTL, 9);
	option("IP_TTL", one, IPPROTO_IP, IP_TTL, 900);
	option("IP_TOS", one, IPPROTO_IP, IP_TOS, 16);
	say("SO_LINGER", setsockopt(one, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)));
	linger = (struct linger){0};
	say("SO_LINGER", getsockopt(one, SOL_SOCKET, SO_LINGER, &linger, &size));
	printf("  %d %d %u\n", linger.l_onoff, linger.l_linger, size);
	say("SO_SNDTIMEO", setsockopt(one, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof(time)));
	size = sizeof(time);
	say("SO_SNDTIMEO", getsockopt(one, SOL_SOCKET, SO_SNDTIMEO, &time, &size));
	printf("  %ld %ld %u\n", (long)time.tv_sec, (long)time.tv_usec, size);
	say("too short", setsockopt(one, SOL_SOCKET, SO_REUSEADDR, "x", 1));
	size = 2;
	say("a part", getsockopt(one, SOL_SOCKET, SO_TYPE, &linger, &size));
	say("  bytes", size);
	close(one);
}

static void copies(void)
{
	int ends[2], copy, on = 1;

	pair(ends);
	copy = dup(ends[0]);
	close(ends[0]);
	say("a copy sends", write(copy, "copy", 4));
	settle();
	say_received("recv", ends[1], 0, 9);
	say("FIONBIO", ioctl(copy, FIONBIO, &on));
	say("is nonblocking", !!(fcntl(copy, F_GETFL) & O_NONBLOCK));
	say_received("recv", copy, 0, 9);
	close(copy);
	settle();
	say_received("recv", ends[1], 0, 9);
	close(ends[1]);
}

int main(void)
{
	signal(SIGPIPE, on_pipe);
	listener = new();
	setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	if (bind_to(listener, "0.0.0.0", PORT) || listen(listener, 10))
		say("listener", -1);
	wrong_ones();
	fresh_one();
	refused_ones();
	names();
	bytes_move();
	ends_of_connections();
	waits();
	full_one();
	insistent_one();
	options();
	copies();
	return 0;
}
