/* SPDX-License-Identifier: ISC */
/* datagrams.c -- every call on UDP sockets, errors included; it is its own peer, so that it can run as a process, too */
#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "internet.h"
#include "say.h"

enum { PORT = 2350 };

static char bytes[70000];

static int new(void)
{
	return socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
}

static long send_to(int socket, const char *address, int port, const char *text, int flags)
{
	struct sockaddr_in name = at(address, port);

	return sendto(socket, text, strlen(text), flags, (struct sockaddr *)&name, sizeof(name));
}

static int bound(const char *address, int port)
{
	int one = new();

	if (bind_to(one, address, port))
		say("bound", -1);
	return one;
}

static void say_received(const char *what, int socket, int flags, size_t most)
{
	struct sockaddr_in from = {0};
	socklen_t size = sizeof(from);
	ssize_t result;

	settle();
	result = recvfrom(socket, bytes, most, flags, (struct sockaddr *)&from, &size);
	say(what, result);
	if (result >= 0)
		printf("  %.*s from %s %u, some port %d\n", (int)(result < 20 ? result : 20), bytes, inet_ntoa(from.sin_addr), size, !!from.sin_port);
	memset(bytes, 0, 100);
}

static void wrong_ones(void)
{
	int one = new();
	struct sockaddr_in name = at("127.0.0.1", PORT);

	say("protocol", socket(AF_INET, SOCK_DGRAM, IPPROTO_TCP));
	say("listen", listen(one, 1));
	say("accept", accept(one, NULL, NULL));
	say("send to nobody", send(one, "x", 1, 0));
	say("send to port 0", send_to(one, "127.0.0.1", 0, "x", 0));
	say("a short address", sendto(one, "x", 1, 0, (struct sockaddr *)&name, 8));
	name.sin_family = 77;
	say("another family", sendto(one, "x", 1, 0, (struct sockaddr *)&name, sizeof(name)));
	say("bind elsewhere", bind_to(one, "198.51.100.1", PORT));
	say("no route", send_to(one, "203.0.113.1", 9, "x", 0));
	say("connect without a route", connect_to(one, "203.0.113.1", 9));
	say("out of band", send_to(one, "127.0.0.1", PORT, "x", MSG_OOB));
	say("peer of none", getpeername(one, (struct sockaddr *)&name, &(socklen_t){sizeof(name)}));
	say("lseek", lseek(one, 0, SEEK_SET));
	say_ready("a new one", one);
	say_received("nothing", one, 0, 10);
	close(one);
}

static void names(void)
{
	int one = new(), other;

	say_name("new", getsockname, one, 0);
	say("sends", send_to(one, "127.0.0.1", PORT, "x", 0));
	say_name("has a name", getsockname, one, 0);
	say("bind", bind_to(one, "127.0.0.1", PORT));
	close(one);
	one = new();
	say("bind", bind_to(one, "0.0.0.0", PORT));
	say("again", bind_to(one, "0.0.0.0", PORT));
	say_name("bound", getsockname, one, 1);
	other = new();
	say("the same", bind_to(other, "127.0.0.1", PORT));
	setsockopt(one, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	say("with one's leave", bind_to(other, "127.0.0.1", PORT));
	setsockopt(other, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	say("with both's", bind_to(other, "127.0.0.1", PORT));
	close(one);
	close(other);

	one = new();
	say("connect", connect_to(one, "127.0.0.1", PORT));
	say_name("connected", getsockname, one, 0);
	say_name("its peer", getpeername, one, 1);
	say("connect elsewhere", connect_to(one, "127.0.0.1", PORT + 1));
	say_name("its peer", getpeername, one, 1);
	say("to any", connect_to(one, "0.0.0.0", PORT));
	say_name("its peer", getpeername, one, 1);
	say("disconnect", connect(one, &(struct sockaddr){.sa_family = AF_UNSPEC}, sizeof(struct sockaddr)));
	say_name("its name", getsockname, one, 0);
	say_name("its peer", getpeername, one, 1);
	close(one);
	one = bound("0.0.0.0", PORT);
	connect_to(one, "127.0.0.1", PORT + 1);
	say_name("bound and connected", getsockname, one, 1);
	connect(one, &(struct sockaddr){.sa_family = AF_UNSPEC}, sizeof(struct sockaddr));
	say_name("bound and disconnected", getsockname, one, 1);
	close(one);
}

static void bytes_move(void)
{
	struct iovec parts[3] = {{"one ", 4}, {"", 0}, {"two", 3}}, places[2] = {{bytes, 5}, {bytes + 10, 20}};
	struct sockaddr_in name = at("127.0.0.1", PORT), from;
	struct msghdr message = {.msg_name = &name, .msg_namelen = sizeof(name), .msg_iov = parts, .msg_iovlen = 3};
	int one = bound("127.0.0.1", PORT), other = bound("127.0.0.1", PORT + 1), count = -1;

	say("send", send_to(other, "127.0.0.1", PORT, "hello", 0));
	say("send", send_to(other, "127.0.0.1", PORT, "", 0));
	say("send", send_to(other, "127.0.0.1", PORT, "third", 0));
	say_ready("one", one);
	say("FIONREAD", ioctl(one, FIONREAD, &count));
	say("  bytes", count);
	say_received("peek", one, MSG_PEEK, 3);
	say_received("peek, whole", one, MSG_PEEK | MSG_TRUNC, 3);
	say("read no bytes", read(one, bytes, 0));
	say_received("recv all", one, MSG_WAITALL, 30);
	say_received("recv nothing in one", one, 0, 30);
	say_received("recv a part", one, MSG_TRUNC, 2);
	say_received("recv no more", one, 0, 30);
	say_received("recv no more, not waiting", one, MSG_DONTWAIT, 30);
	say_ready("one", one);

	say("sendmsg", sendmsg(other, &message, 0));
	message = (struct msghdr){.msg_iov = places, .msg_iovlen = 2, .msg_name = &from, .msg_namelen = sizeof(from), .msg_flags = 7};
	settle();
	say("recvmsg", recvmsg(one, &message, 0));
	printf("  %.5s%.2s %u %d %s %d\n", bytes, bytes + 10, message.msg_namelen, message.msg_flags, inet_ntoa(from.sin_addr), ntohs(from.sin_port));
	send_to(other, "127.0.0.1", PORT, "too long", 0);
	message = (struct msghdr){.msg_iov = places, .msg_iovlen = 1};
	settle();
	say("recvmsg of a part", recvmsg(one, &message, 0));
	printf("  %d %u\n", message.msg_flags == MSG_TRUNC, message.msg_namelen);
	send_to(other, "127.0.0.1", PORT, "too long", 0);
	settle();
	message = (struct msghdr){.msg_iov = places, .msg_iovlen = 1};
	say("recvmsg of a part, whole", recvmsg(one, &message, MSG_TRUNC));

	connect_to(other, "127.0.0.1", PORT);
	say("write", write(other, "to the peer", 11));
	say("writev", writev(other, parts, 3));
	say("write nothing", write(other, "", 0));
	say_received("first", one, 0, 20);
	settle();
	say("readv", readv(one, places, 2));
	say_received("third", one, 0, 20);
	say("send elsewhere", send_to(other, "127.0.0.1", PORT + 2, "lost", 0));
	say("from elsewhere", send_to(one, "127.0.0.1", PORT + 1, "from the peer", 0));
	close(one);
	one = bound("127.0.0.1", PORT + 3);
	send_to(one, "127.0.0.1", PORT + 1, "not from the peer", 0);
	say_received("only the peer's", other, 0, 20);
	say_received("only the peer's", other, 0, 20);
	close(one);
	close(other);
}

static void sizes(void)
{
	static char large[66000];
	struct sockaddr_in name = at("127.0.0.1", PORT);
	int one = bound("127.0.0.1", PORT), other = new();
	size_t tries[] = {1472, 1473, 9000, 65507, 65508, 65535, 65536};

	for (size_t i = 0; i < sizeof(large); i++)
		large[i] = (char)(i * 7 + i / 256);
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++) {
		printf("%zu bytes ", tries[i]);
		say("sent", sendto(other, large, tries[i], 0, (struct sockaddr *)&name, sizeof(name)));
		settle();
		say("  received", recv(one, bytes, sizeof(bytes), 0));
		printf("  the same %d\n", !memcmp(bytes, large, tries[i] > 65507 ? 0 : tries[i]));
	}
	close(one);
	close(other);
}

static void refusals(void)
{
	int one = new(), other;

	say("to a port that nobody has", send_to(one, "127.0.0.1", 9, "x", 0));
	say_ready("one", one);
	say_error("its error", one);
	connect_to(one, "127.0.0.1", 9);
	say("connected", send(one, "x", 1, 0));
	say_ready("one", one);
	say_received("its error", one, 0, 9);
	say_received("only once", one, 0, 9);
	say("again", send(one, "x", 1, 0));
	settle();
	say("told by send", send(one, "x", 1, 0));
	settle();
	say_error("told by SO_ERROR", one);
	say_error("only once", one);
	other = bound("127.0.0.1", 9);
	say("now there is one", send(one, "there", 5, 0));
	say_received("it", other, 0, 9);
	close(other);
	close(one);
}

static void broadcasts(void)
{
	int one = new();

	say("without leave", send_to(one, "255.255.255.255", PORT, "x", 0));
	say("connect without leave", connect_to(one, "255.255.255.255", PORT));
	close(one);
}

static void ends(void)
{
	int one = bound("127.0.0.1", PORT), other = new();

	say("shut down one without a peer", shutdown(one, SHUT_RD));
	say_ready("one", one);
	say_received("not waiting", one, 0, 9);
	fcntl(one, F_SETFL, 0);
	say_received("waiting", one, 0, 9);
	say("read", read(one, bytes, 9));
	connect_to(other, "127.0.0.1", PORT);
	say("shut down", shutdown(other, SHUT_WR));
	say_ready("other", other);
	say("send", send(other, "x", 1, 0));
	say("shut down in, too", shutdown(other, SHUT_RD));
	say_ready("other", other);
	say("how", shutdown(other, 9));
	close(one);
	close(other);
}

static void waits(void)
{
	struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u32 = 5}, got = {0};
	int one = bound("127.0.0.1", PORT), other = new(), events = epoll_create1(0);

	fcntl(one, F_SETFL, 0);
	setsockopt(one, SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){.tv_usec = 30000}, sizeof(struct timeval));
	say("a limit", recv(one, bytes, 1, 0));
	say("a new family", epoll_ctl(events, EPOLL_CTL_ADD, one, &event));
	say("no edge", epoll_wait(events, &got, 1, 0));
	send_to(other, "127.0.0.1", PORT, "1", 0);
	say("an edge", epoll_wait(events, &got, 1, 1000));
	say("  of", got.data.u32);
	say("once", epoll_wait(events, &got, 1, 0));
	send_to(other, "127.0.0.1", PORT, "2", 0);
	say("another", epoll_wait(events, &got, 1, 1000));
	say_received("both", one, 0, 9);
	say_received("are there", one, 0, 9);
	close(events);
	close(one);
	close(other);
}

static void options(void)
{
	int one = new();

	option("IP_TTL", one, IPPROTO_IP, IP_TTL, -1);
	option("IP_TTL", one, IPPROTO_IP, IP_TTL, 9);
	option("IP_TOS", one, IPPROTO_IP, IP_TOS, 16);
	option("SO_BROADCAST", one, SOL_SOCKET, SO_BROADCAST, 1);
	option("SO_REUSEADDR", one, SOL_SOCKET, SO_REUSEADDR, 1);
	option("SO_TYPE", one, SOL_SOCKET, SO_TYPE, 1);
	option("SO_PROTOCOL", one, SOL_SOCKET, SO_PROTOCOL, 1);
	option("SO_ACCEPTCONN", one, SOL_SOCKET, SO_ACCEPTCONN, 1);
	option("of TCP", one, IPPROTO_TCP, 1, 1);
	option("unknown", one, IPPROTO_UDP, 999, 1);
	close(one);
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	wrong_ones();
	names();
	bytes_move();
	sizes();
	refusals();
	broadcasts();
	ends();
	waits();
	options();
	return 0;
}
