/* SPDX-License-Identifier: ISC */
/* families.c -- the same calls on sockets of IPv4 or of IPv6; it is its own peer, so that it can run as a process, too */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "internet.h"

enum { PORT = 2370, LISTENERS = 3, MANY = 120 };

static char bytes[1 << 20];
static int family, listener;
static volatile int pipes;

static void on_pipe(int number)
{
	pipes += number == SIGPIPE;
}

/* this host's address on the loopback interface; the size of the name that it is in */
static socklen_t here(struct sockaddr_storage *name, int port)
{
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)name;

	memset(name, 0, sizeof(*name));
	if (family == AF_INET) {
		*(struct sockaddr_in *)name = at("127.0.0.1", port);
		return sizeof(struct sockaddr_in);
	}
	*six = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons((in_port_t)port), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	return sizeof(*six);
}

static int bind_here(int socket, int port)
{
	struct sockaddr_storage name;
	socklen_t size = here(&name, port);

	return bind(socket, (struct sockaddr *)&name, size);
}

static int connect_here(int socket, int port)
{
	struct sockaddr_storage name;
	socklen_t size = here(&name, port);

	return connect(socket, (struct sockaddr *)&name, size);
}

static long send_here(int socket, int port, const char *text)
{
	struct sockaddr_storage name;
	socklen_t size = here(&name, port);

	return sendto(socket, text, strlen(text), 0, (struct sockaddr *)&name, size);
}

static int new(int type)
{
	return socket(family, type, 0);
}

static int listener_new(int port, int backlog)
{
	int one = new(SOCK_STREAM);

	setsockopt(one, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	if (bind_here(one, port) || listen(one, backlog))
		say("listener", -1);
	return one;
}

static void pair(int ends[2])
{
	ends[0] = new(SOCK_STREAM);
	if (connect_here(ends[0], PORT))
		say("pair", -1);
	ends[1] = accept(listener, NULL, NULL);
}

static void unpair(int ends[2])
{
	close(ends[0]);
	close(ends[1]);
}

static long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void limited(int socket, int option, int ms)
{
	struct timeval time = {.tv_usec = ms * 1000};

	setsockopt(socket, SOL_SOCKET, option, &time, sizeof(time));
}

static void say_received(const char *what, int socket, int flags, size_t most)
{
	ssize_t size = recv(socket, bytes, most, flags);

	say(what, size);
	if (size > 0 && size < 100)
		printf("  %.*s\n", (int)size, bytes);
}

/* lengths of names */
static void names(void)
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

static void messages(void)
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

static void shutdowns(void)
{
	static const char *const ways[] = {"in", "out", "both"};
	int ends[2], one;

	for (int how = SHUT_RD; how <= SHUT_RDWR; how++) {
		pair(ends);
		setsockopt(ends[1], IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
		send(ends[1], "before", 6, 0);
		settle();
		printf("%s\n", ways[how]);
		say("shutdown", shutdown(ends[0], how));
		say_ready("it", ends[0]);
		say_received("what came before", ends[0], MSG_DONTWAIT, 50);
		say("the peer sends", send(ends[1], "after", 5, MSG_NOSIGNAL));
		say_ready("it", ends[0]);
		say_received("what came after", ends[0], MSG_DONTWAIT, 50);
		say("sends", send(ends[0], "more", 4, 0));
		say("signals", pipes);
		say_ready("the peer", ends[1]);
		say_received("the peer", ends[1], MSG_DONTWAIT, 50);
		say_received("the peer", ends[1], MSG_DONTWAIT, 50);
		say("the peer sends", send(ends[1], "again", 5, MSG_NOSIGNAL));
		settle();
		say("again", shutdown(ends[0], how));
		say("otherwise", shutdown(ends[0], SHUT_RDWR));
		say_ready("it", ends[0]);
		say_error("its error", ends[0]);
		close(ends[1]);
		say_ready("it, after the peer's end", ends[0]);
		say("once more", shutdown(ends[0], how));
		close(ends[0]);

		one = listener_new(PORT + 1, 5);
		printf("a listener, %s\n", ways[how]);
		fcntl(one, F_SETFL, O_NONBLOCK);
		say("shutdown", shutdown(one, how));
		say_ready("it", one);
		say("accept", accept(one, NULL, NULL));
		ends[0] = new(SOCK_STREAM);
		say("connect", connect_here(ends[0], PORT + 1));
		close(ends[0]);
		settle();
		say("again", shutdown(one, how));
		say("listen again", listen(one, 5));
		ends[0] = new(SOCK_STREAM);
		say("connect", connect_here(ends[0], PORT + 1));
		close(ends[0]);
		close(one);
	}
}

static void ends_of_connections(void)
{
	struct linger hard = {.l_onoff = 1};
	int ends[2];

	pair(ends);
	send(ends[0], "half", 4, 0);
	shutdown(ends[0], SHUT_WR);
	settle();
	say_ready("half-closed", ends[1]);
	say_received("half-closed", ends[1], 0, 50);
	say_received("its end", ends[1], 0, 50);
	say_received("its end again", ends[1], 0, 50);
	for (int i = 0; i < 3; i++) {
		say("it is answered", send(ends[1], "answer", 6, 0));
		settle();
		say_received("the answer", ends[0], 0, 50);
	}
	close(ends[1]);
	say_ready("its other end", ends[0]);
	say_received("its other end", ends[0], 0, 50);
	close(ends[0]);

	pair(ends);
	setsockopt(ends[1], SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	send(ends[1], "lost", 4, 0);
	settle();
	close(ends[1]);
	say_ready("reset", ends[0]);
	say("SIGPIPE before", pipes);
	say_received("what came before the reset", ends[0], 0, 50);
	say_received("and then", ends[0], 0, 50);
	say("send", send(ends[0], "x", 1, 0));
	say("SIGPIPE", pipes);
	say("write", write(ends[0], "x", 1));
	say("writev", writev(ends[0], &(struct iovec){"x", 1}, 1));
	say("sendmsg", sendmsg(ends[0], &(struct msghdr){.msg_iov = &(struct iovec){"x", 1}, .msg_iovlen = 1}, 0));
	say("SIGPIPE", pipes);
	say("MSG_NOSIGNAL", send(ends[0], "x", 1, MSG_NOSIGNAL));
	say("SIGPIPE", pipes);
	say_error("its error", ends[0]);
	say("connect again", connect_here(ends[0], PORT));
	close(ends[0]);

	/* reset before it was accepted */
	ends[0] = new(SOCK_STREAM);
	connect_here(ends[0], PORT);
	setsockopt(ends[0], SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	send(ends[0], "gone", 4, 0);
	settle();
	close(ends[0]);
	settle();
	fcntl(listener, F_SETFL, O_NONBLOCK);
	ends[1] = accept(listener, NULL, NULL);
	fcntl(listener, F_SETFL, 0);
	say("reset before it was accepted", ends[1] >= 0);
	say_ready("it", ends[1]);
	say_received("it", ends[1], MSG_DONTWAIT, 50);
	say_received("it", ends[1], MSG_DONTWAIT, 50);
	close(ends[1]);
}

static void ports(void)
{
	int one = listener_new(PORT + 1, 5), two = new(SOCK_STREAM), ends[2];

	say("bind a taken one", bind_here(two, PORT + 1));
	setsockopt(two, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	say("while it listens, with leave", bind_here(two, PORT + 1));
	ends[0] = new(SOCK_STREAM);
	connect_here(ends[0], PORT + 1);
	ends[1] = accept(one, NULL, NULL);
	close(one);
	one = new(SOCK_STREAM);
	say("while it is connected", bind_here(one, PORT + 1));
	say("while it is connected, with leave", bind_here(two, PORT + 1));
	say("listen", listen(two, 1));
	close(two);
	two = new(SOCK_STREAM);
	close(ends[1]);
	settle();
	close(ends[0]);
	settle();
	say("after it has ended", bind_here(one, PORT + 1));
	setsockopt(two, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	say("after it has ended, with leave", bind_here(two, PORT + 1));
	say("listen", listen(two, 1));
	close(one);
	close(two);
	/* two that are bound, with leave: one may listen */
	one = new(SOCK_STREAM);
	two = new(SOCK_STREAM);
	setsockopt(one, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	setsockopt(two, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	say("one binds", bind_here(one, PORT + 2));
	say("the other binds", bind_here(two, PORT + 2));
	say("one listens", listen(one, 5));
	say("the other listens", listen(two, 5));
	close(one);
	close(two);
	one = new(SOCK_STREAM);
	say("a client's own port", bind_here(one, PORT + 3));
	say("connect", connect_here(one, PORT));
	two = new(SOCK_STREAM);
	say("the same port", bind_here(two, PORT + 3));
	setsockopt(two, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	say("the same port, with leave of one", bind_here(two, PORT + 3));
	close(accept(listener, NULL, NULL));
	settle();
	close(one);
	close(two);
}

static void connects(void)
{
	int one = new(SOCK_STREAM), two;
	struct pollfd wait;

	fcntl(one, F_SETFL, O_NONBLOCK);
	say("connect", connect_here(one, PORT));
	wait = (struct pollfd){.fd = one, .events = POLLOUT};
	say("poll", poll(&wait, 1, 1000));
	say("  events", wait.revents);
	say_error("its error", one);
	say("again", connect_here(one, PORT));
	say("and again", connect_here(one, PORT));
	two = accept(listener, NULL, NULL);
	say("disconnect", connect(one, &(struct sockaddr){.sa_family = AF_UNSPEC}, sizeof(struct sockaddr)));
	say_ready("it", one);
	say_ready("its peer", two);
	say_received("its peer", two, MSG_DONTWAIT, 50);
	close(two);
	say("connect once more", connect_here(one, PORT));
	settle();
	two = accept(listener, NULL, NULL);
	say("send", send(two, "new", 3, 0));
	settle();
	say_received("recv", one, 0, 50);
	close(one);
	close(two);
	one = new(SOCK_STREAM);
	fcntl(one, F_SETFL, O_NONBLOCK);
	say("refused", connect_here(one, PORT + 7));
	wait = (struct pollfd){.fd = one, .events = POLLIN | POLLOUT};
	say("poll", poll(&wait, 1, 1000));
	say("  events", wait.revents);
	say_received("recv tells", one, 0, 50);
	say_received("once", one, 0, 50);
	say("send", send(one, "x", 1, MSG_NOSIGNAL));
	say("connect", connect_here(one, PORT));
	settle();
	say("connect", connect_here(one, PORT));
	close(accept(listener, NULL, NULL));
	close(one);
	one = new(SOCK_STREAM);
	fcntl(one, F_SETFL, O_NONBLOCK);
	connect_here(one, PORT + 7);
	settle();
	say("refused, told by send", send(one, "x", 1, MSG_NOSIGNAL));
	say("and again", send(one, "x", 1, MSG_NOSIGNAL));
	say("connect tells", connect_here(one, PORT + 7));
	settle();
	say("and begins anew", connect_here(one, PORT + 7));
	close(one);
	/* refused, with a limit of time; and no answer */
	one = new(SOCK_STREAM);
	limited(one, SO_SNDTIMEO, 500);
	say("refused", connect_here(one, PORT + 7));
	close(one);
	one = new(SOCK_STREAM);
	say("a wrong port", connect_here(one, 0));
	say("another family", connect(one, &(struct sockaddr){.sa_family = AF_UNIX}, sizeof(struct sockaddr_storage)));
	say("a short name", connect(one, &(struct sockaddr){.sa_family = (sa_family_t)family}, 4));
	say("a name of one byte", connect(one, &(struct sockaddr){.sa_family = (sa_family_t)family}, 1));
	say("listen", listen(one, 1));
	say("connect", connect_here(one, PORT));
	close(one);
}

static void limits(void)
{
	int ends[2];
	long start, sent, more;

	pair(ends);
	limited(ends[0], SO_SNDTIMEO, 100);
	sent = send(ends[0], bytes, sizeof(bytes), 0);
	for (int i = 0; i < 40 && (more = send(ends[0], bytes, sizeof(bytes), 0)) > 0; i++)
		sent += more;
	start = milliseconds();
	say("full", send(ends[0], "x", 1, 0));
	start = milliseconds() - start;
	printf("it took %s\n", start >= 99 && start < 2000 ? "its time" : "another time");
	say("not waiting", send(ends[0], "x", 1, MSG_DONTWAIT));
	for (long got = 0; got < sent; got += more) {
		more = recv(ends[1], bytes, sizeof(bytes), 0);
		if (more <= 0) {
			say("recv", more);
			break;
		}
	}
	say_ready("the empty", ends[0]);
	unpair(ends);
}

static void counts(void)
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

static int instance;

static void control(const char *what, int operation, int descriptor, unsigned events, unsigned number)
{
	struct epoll_event event = {.events = events, .data.u32 = number};

	say(what, epoll_ctl(instance, operation, descriptor, &event));
}

static void events_say(const char *what)
{
	struct epoll_event events[8];
	int count;

	settle();
	count = epoll_wait(instance, events, 8, 0);
	say(what, count);
	for (int i = 0; i < count; i++)
		printf("  %u: %x\n", events[i].data.u32, events[i].events);
}

static void epolls(void)
{
	int ends[2], copy, one;

	instance = epoll_create1(0);
	pair(ends);
	control("add", EPOLL_CTL_ADD, ends[1], EPOLLIN | EPOLLET | EPOLLRDHUP, 1);
	events_say("nothing");
	send(ends[0], "one", 3, 0);
	events_say("an edge");
	events_say("once");
	say_received("a part", ends[1], 0, 1);
	events_say("no edge");
	control("modify", EPOLL_CTL_MOD, ends[1], EPOLLIN | EPOLLET | EPOLLRDHUP, 2);
	events_say("as if it were new");
	shutdown(ends[0], SHUT_WR);
	events_say("an end");
	events_say("once");
	control("both ways", EPOLL_CTL_MOD, ends[1], EPOLLIN | EPOLLOUT | EPOLLET, 3);
	events_say("both");
	events_say("once");
	control("once", EPOLL_CTL_MOD, ends[1], EPOLLIN | EPOLLONESHOT, 4);
	events_say("once");
	events_say("no more");
	say("disarmed, add", epoll_ctl(instance, EPOLL_CTL_ADD, ends[1], &(struct epoll_event){.events = EPOLLIN}));
	close(ends[0]);
	events_say("no more");
	control("armed", EPOLL_CTL_MOD, ends[1], EPOLLOUT | EPOLLONESHOT, 5);
	events_say("once");
	control("nothing", EPOLL_CTL_MOD, ends[1], 0, 6);
	send(ends[1], "x", 1, MSG_NOSIGNAL);
	events_say("an error or a hangup without asking");
	copy = dup(ends[1]);
	close(ends[1]);
	events_say("its copy is open");
	control("modify the closed", EPOLL_CTL_MOD, ends[1], EPOLLIN, 7);
	control("delete the closed", EPOLL_CTL_DEL, ends[1], 0, 7);
	control("delete the copy", EPOLL_CTL_DEL, copy, 0, 7);
	control("add the copy", EPOLL_CTL_ADD, copy, EPOLLIN, 8);
	close(copy);
	events_say("it is closed");
	one = new(SOCK_STREAM);
	control("add the number anew", EPOLL_CTL_ADD, one, EPOLLIN, 9);
	events_say("a new one");
	connect_here(one, PORT);
	ends[1] = accept(listener, NULL, NULL);
	events_say("connected");
	send(ends[1], "x", 1, 0);
	events_say("readable");
	ends[0] = dup2(listener, one);
	events_say("its number has another");
	control("another may be added", EPOLL_CTL_ADD, one, EPOLLIN, 10);
	control("delete it", EPOLL_CTL_DEL, one, 0, 0);
	control("delete it again", EPOLL_CTL_DEL, one, 0, 0);
	close(one);
	close(ends[1]);
	one = new(SOCK_DGRAM);
	bind_here(one, PORT);
	control("datagrams, edges", EPOLL_CTL_ADD, one, EPOLLIN | EPOLLET, 11);
	send_here(one, PORT, "1");
	events_say("an edge");
	send_here(one, PORT, "2");
	events_say("an edge");
	events_say("once");
	control("once", EPOLL_CTL_MOD, one, EPOLLIN | EPOLLONESHOT, 12);
	events_say("once");
	send_here(one, PORT, "3");
	events_say("no more");
	control("exclusive", EPOLL_CTL_MOD, one, EPOLLIN | EPOLLEXCLUSIVE, 13);
	control("delete", EPOLL_CTL_DEL, one, 0, 0);
	control("exclusive", EPOLL_CTL_ADD, one, EPOLLIN | EPOLLEXCLUSIVE, 13);
	events_say("exclusive");
	control("modify the exclusive", EPOLL_CTL_MOD, one, EPOLLIN, 13);
	say_received("recv", one, 0, 9);
	close(one);
	events_say("closed");
	pair(ends);
	control("a listener's edges", EPOLL_CTL_ADD, listener, EPOLLIN | EPOLLET, 14);
	events_say("none");
	one = new(SOCK_STREAM);
	connect_here(one, PORT);
	events_say("one");
	copy = new(SOCK_STREAM);
	connect_here(copy, PORT);
	events_say("another");
	events_say("once");
	close(accept(listener, NULL, NULL));
	close(accept(listener, NULL, NULL));
	events_say("none");
	close(one);
	close(copy);
	unpair(ends);
	close(instance);
	say("wait of a closed one", epoll_wait(instance, &(struct epoll_event){0}, 1, 0));
}

static void many(void)
{
	static struct pollfd polls[MANY * 2 + 2];
	int ends[MANY][2], most = 0;
	fd_set in, out, error;

	for (int i = 0; i < MANY; i++) {
		pair(ends[i]);
		polls[2 * i] = (struct pollfd){.fd = ends[i][0], .events = POLLIN};
		polls[2 * i + 1] = (struct pollfd){.fd = ends[i][1], .events = i % 3 ? POLLIN : POLLIN | POLLOUT};
		if (i % 5 == 1)
			send(ends[i][0], "x", 1, 0);
		most = ends[i][1] > most ? ends[i][1] : most;
	}
	polls[2 * MANY] = (struct pollfd){.fd = -5, .events = POLLIN, .revents = 99};
	polls[2 * MANY + 1] = (struct pollfd){.fd = 999, .events = POLLIN};
	settle();
	say("poll many", poll(polls, 2 * MANY + 2, 0));
	for (int i = 0; i < 20; i++)
		printf(" %x", polls[i].revents);
	printf(" and %x %x\n", polls[2 * MANY].revents, polls[2 * MANY + 1].revents);
	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_ZERO(&error);
	for (int i = 0; i < MANY; i++) {
		FD_SET(ends[i][1], &in);
		FD_SET(ends[i][0], &error);
		if (i % 2)
			FD_SET(ends[i][0], &out);
	}
	say("select many", select(most + 1, &in, &out, &error, &(struct timeval){0}));
	for (int i = 0; i < 12; i++)
		printf(" %d%d%d", !!FD_ISSET(ends[i][1], &in), !!FD_ISSET(ends[i][0], &out), !!FD_ISSET(ends[i][0], &error));
	printf("\n");
	say("none", poll(polls, 0, 0));
	for (int i = 0; i < MANY; i++)
		unpair(ends[i]);
	settle();
	say("poll the closed", poll(polls, 3, 0));
	printf("  %x %x %x\n", polls[0].revents, polls[1].revents, polls[2].revents);
	FD_ZERO(&in);
	FD_SET(ends[0][0], &in);
	say("select the closed", select(ends[0][0] + 1, &in, NULL, NULL, &(struct timeval){0}));
	say("select a negative count", select(-1, &in, NULL, NULL, &(struct timeval){0}));
	say("select a negative time", select(0, NULL, NULL, NULL, &(struct timeval){.tv_sec = -1}));
}

static void options(void)
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

static void datagrams(void)
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

static const struct {
	const char *name;
	void (*run)(void);
} sections[] = {
	{"names", names}, {"messages", messages}, {"shutdowns", shutdowns}, {"ends", ends_of_connections}, {"ports", ports},
	{"connects", connects}, {"limits", limits}, {"counts", counts}, {"epolls", epolls}, {"many", many}, {"options", options},
	{"datagrams", datagrams},
};

/* usage: families 4|6 [SECTION...] */
int main(int count, char **words)
{
	if (count < 2)
		return 2;
	family = *words[1] == '4' ? AF_INET : AF_INET6;
	signal(SIGPIPE, on_pipe);
	listener = listener_new(PORT, 130);
	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		bool wanted = count == 2;

		for (int j = 2; j < count; j++)
			wanted |= !strcmp(words[j], sections[i].name);
		if (wanted)
			sections[i].run();
	}
	return 0;
}
