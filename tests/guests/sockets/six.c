/* SPDX-License-Identifier: ISC */
/* six.c -- IPv6 and dual-stack sockets: names, reachability, errors; it is its own peer, so that it can run as a process, too */
#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include "internet.h"
#include "say.h"

enum { PORT = 2360 };

static char bytes[70000];

static struct sockaddr_in6 at6(const char *address, int port)
{
	struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_port = htons((in_port_t)port)};

	inet_pton(AF_INET6, address, &name.sin6_addr);
	return name;
}

static int bind6(int socket, const char *address, int port)
{
	struct sockaddr_in6 name = at6(address, port);

	return bind(socket, (struct sockaddr *)&name, sizeof(name));
}

static int connect6(int socket, const char *address, int port)
{
	struct sockaddr_in6 name = at6(address, port);

	return connect(socket, (struct sockaddr *)&name, sizeof(name));
}

static long send6(int socket, const char *address, int port, const char *text)
{
	struct sockaddr_in6 name = at6(address, port);

	return sendto(socket, text, strlen(text), 0, (struct sockaddr *)&name, sizeof(name));
}

static void say_name6(const char *what, int (*get)(int, struct sockaddr *, socklen_t *), int socket, int with_port)
{
	struct sockaddr_in6 name;
	socklen_t size = sizeof(name);
	char text[INET6_ADDRSTRLEN];

	if (get(socket, (struct sockaddr *)&name, &size)) {
		printf("%s: %s\n", what, strerror(errno));
		return;
	}
	printf("%s: %d %u %s %s\n", what, name.sin6_family, size, inet_ntop(AF_INET6, &name.sin6_addr, text, sizeof(text)),
	       with_port ? (char[]){'0' + ntohs(name.sin6_port) % 10, 0} : name.sin6_port ? "some port" : "no port");
}

static void only(int socket, int value)
{
	say("IPV6_V6ONLY", setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, &value, sizeof(value)));
}

static int listener6(const char *address, int value)
{
	int one = socket(AF_INET6, SOCK_STREAM, 0);

	setsockopt(one, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	only(one, value);
	say("bind", bind6(one, address, PORT));
	say("listen", listen(one, 5));
	say_name6("a listener", getsockname, one, 1);
	return one;
}

/* both ends of a connection from a socket that connects as it is told to */
static void exchange(int client, int listener)
{
	int server = accept(listener, NULL, NULL);

	say_name6("server", getsockname, server, 1);
	say_name6("its peer", getpeername, server, 0);
	say("send", send(client, "hello", 5, 0));
	say("recv", recv(server, bytes, 9, 0));
	say("send", send(server, "back", 4, 0));
	say("recv", recv(client, bytes, 9, 0));
	close(client);
	say("recv the end", recv(server, bytes, 9, 0));
	close(server);
}

static void streams(void)
{
	int listener = listener6("::", 0), one = socket(AF_INET6, SOCK_STREAM, 0), other;

	only(listener, 1);
	say("connect", connect6(one, "::1", PORT));
	say_name6("client", getsockname, one, 0);
	say_name6("its peer", getpeername, one, 1);
	exchange(one, listener);
	one = socket(AF_INET6, SOCK_STREAM, 0);
	say("connect to any", connect6(one, "::", PORT));
	say_name6("its peer", getpeername, one, 1);
	exchange(one, listener);
	one = socket(AF_INET6, SOCK_STREAM, 0);
	say("connect, IPv4", connect6(one, "::ffff:127.0.0.1", PORT));
	say_name6("client", getsockname, one, 0);
	exchange(one, listener);
	one = socket(AF_INET, SOCK_STREAM, 0);
	say("connect by IPv4", connect_to(one, "127.0.0.1", PORT));
	exchange(one, listener);
	one = socket(AF_INET6, SOCK_STREAM, 0);
	only(one, 1);
	say("connect, IPv4, of IPv6 only", connect6(one, "::ffff:127.0.0.1", PORT));
	say("bind, IPv4, of IPv6 only", bind6(one, "::ffff:127.0.0.1", PORT));
	say("bind the same", bind6(one, "::1", PORT));
	close(one);
	one = socket(AF_INET, SOCK_STREAM, 0);
	say("bind the same, IPv4", bind_to(one, "127.0.0.1", PORT));
	close(one);
	close(listener);

	listener = listener6("::", 1);
	one = socket(AF_INET, SOCK_STREAM, 0);
	say("nobody has it of IPv4", connect_to(one, "127.0.0.1", PORT));
	close(one);
	one = socket(AF_INET, SOCK_STREAM, 0);
	say("bind the same, IPv4", bind_to(one, "0.0.0.0", PORT));
	say("listen", listen(one, 5));
	close(one);
	one = socket(AF_INET6, SOCK_STREAM, 0);
	say("connect", connect6(one, "::1", PORT));
	exchange(one, listener);
	close(listener);

	listener = listener6("::1", 0);
	close(listener);
	one = socket(AF_INET6, SOCK_STREAM, 0);
	say("refused", connect6(one, "::1", 9));
	say_error("its error", one);
	close(one);
	one = socket(AF_INET6, SOCK_STREAM, 0);
	say("listen unbound", listen(one, 1));
	say_name6("its name", getsockname, one, 0);
	close(one);
	one = socket(AF_INET6, SOCK_STREAM, 0);
	say_name6("new", getsockname, one, 0);
	say("bind elsewhere", bind6(one, "2001:db8::1", PORT));
	say("bind to many", bind6(one, "ff05::7", PORT));
	say("bind to many of a link", bind6(one, "ff02::1", PORT));
	say("bind to a link without its number", bind6(one, "fe80::1", PORT));
	say("connect to a link without its number", connect6(one, "fe80::1", PORT));
	say("no route", connect6(one, "2001:db8::1", PORT));
	say("bind by IPv4", bind_to(one, "127.0.0.1", PORT));
	say("a short address", bind(one, (struct sockaddr *)&(struct sockaddr_in6){.sin6_family = AF_INET6}, 20));
	close(one);
	other = socket(AF_INET, SOCK_STREAM, 0);
	say("IPv6 of a socket of IPv4", connect6(other, "::1", PORT));
	option("of IPv4", other, IPPROTO_IPV6, IPV6_V6ONLY, 1);
	close(other);
}

static void say_received(const char *what, int socket, int flags)
{
	struct sockaddr_in6 from;
	socklen_t size = sizeof(from);
	char text[INET6_ADDRSTRLEN];
	ssize_t result;

	settle();
	result = recvfrom(socket, bytes, sizeof(bytes), flags | MSG_DONTWAIT, (struct sockaddr *)&from, &size);
	say(what, result);
	if (result >= 0)
		printf("  %.*s from %s %u\n", result < 20 ? (int)result : 0, bytes, inet_ntop(AF_INET6, &from.sin6_addr, text, sizeof(text)), size);
}

static void datagrams(void)
{
	static char large[65508];
	struct sockaddr_in6 name = at6("::1", PORT);
	int one = socket(AF_INET6, SOCK_DGRAM, 0), other = socket(AF_INET6, SOCK_DGRAM, 0);

	say("bind", bind6(one, "::", PORT));
	say_name6("bound", getsockname, one, 1);
	say("send", send6(other, "::1", PORT, "six"));
	say_received("recv", one, 0);
	say_name6("it has a name", getsockname, other, 0);
	say("send, IPv4", send6(other, "::ffff:127.0.0.1", PORT, "mapped"));
	say_received("recv", one, 0);
	say("connect", connect6(other, "::1", PORT));
	say_name6("connected", getsockname, other, 0);
	say_name6("its peer", getpeername, other, 1);
	say("send", send(other, "connected", 9, 0));
	say_received("recv", one, 0);
	for (size_t size = 1000; size < 70000; size = size * 4 + 27) {
		say("large", sendto(other, large, size < sizeof(large) ? size : sizeof(large), 0, (struct sockaddr *)&name, sizeof(name)));
		say_received("recv", one, 0);
	}
	close(one);
	say("to a port that nobody has", send(other, "x", 1, 0));
	say_received("its error", other, 0);
	say("disconnect", connect(other, &(struct sockaddr){.sa_family = AF_UNSPEC}, sizeof(struct sockaddr)));
	say_name6("disconnected", getsockname, other, 0);
	close(other);

	one = socket(AF_INET6, SOCK_DGRAM, 0);
	other = socket(AF_INET, SOCK_DGRAM, 0);
	only(one, 1);
	say("bind", bind6(one, "::", PORT));
	say("IPv4 beside it", bind_to(other, "0.0.0.0", PORT));
	say("send, IPv4, of IPv6 only", send6(one, "::ffff:127.0.0.1", PORT, "mapped"));
	close(one);
	close(other);
	one = socket(AF_INET6, SOCK_DGRAM, 0);
	other = socket(AF_INET, SOCK_DGRAM, 0);
	say("bind", bind6(one, "::", PORT));
	say("IPv4 is taken", bind_to(other, "127.0.0.1", PORT));
	say("by IPv4", connect_to(other, "127.0.0.1", PORT));
	say("send", send(other, "four", 4, 0));
	say_received("recv", one, 0);
	say("no route", send6(one, "2001:db8::1", PORT, "x"));
	close(one);
	close(other);
}

static void options(void)
{
	int one = socket(AF_INET6, SOCK_STREAM, 0);

	option("SO_DOMAIN", one, SOL_SOCKET, SO_DOMAIN, 1);
	option("IPV6_V6ONLY", one, IPPROTO_IPV6, IPV6_V6ONLY, 1);
	option("IPV6_UNICAST_HOPS", one, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 9);
	option("IPV6_UNICAST_HOPS", one, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 900);
	option("IPV6_UNICAST_HOPS", one, IPPROTO_IPV6, IPV6_UNICAST_HOPS, -1);
	option("unknown", one, IPPROTO_IPV6, 999, 1);
	option("TCP_NODELAY", one, IPPROTO_TCP, TCP_NODELAY, 1);
	close(one);
}

int main(void)
{
	say("type", socket(AF_INET6, 9, 0));
	say("protocol", socket(AF_INET6, SOCK_STREAM, IPPROTO_UDP));
	streams();
	datagrams();
	options();
	return 0;
}
