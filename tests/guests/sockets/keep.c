/* SPDX-License-Identifier: ISC */
/*
 * keep.c -- what keep-alive makes of connections whose peers are gone
 *
 * keep_client.py makes three connections: one whose peer stays, then one by IPv4 and one by IPv6 whose
 * peers vanish. These are told the same in a process.
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "say.h"

enum { PORT = 7, IDLE = 1, INTERVAL = 1, PROBES = 2 };

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int kept(int listener)
{
	static const struct {
		int level, name, value;
	} options[] = {
		{SOL_SOCKET, SO_KEEPALIVE, 1}, {IPPROTO_TCP, TCP_KEEPIDLE, IDLE}, {IPPROTO_TCP, TCP_KEEPINTVL, INTERVAL}, {IPPROTO_TCP, TCP_KEEPCNT, PROBES},
	};
	int one = accept(listener, NULL, NULL);

	for (unsigned i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (setsockopt(one, options[i].level, options[i].name, &options[i].value, sizeof(int)))
			say("setsockopt", -1);
	send(one, "k", 1, 0);
	return one;
}

static void gone(const char *family, int one, double begin)
{
	double took;
	char byte;

	printf("%s\n", family);
	say("recv", recv(one, &byte, 1, 0));
	took = now() - begin;
	printf("it took %s\n", took >= IDLE + INTERVAL * PROBES - 0.1 && took < 15 ? "its time" : "another time");
	say_ready("it", one);
	say("recv", recv(one, &byte, 1, 0));
	say("send", send(one, "x", 1, 0));
}

int main(void)
{
	struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_port = htons(PORT)};
	int listener = socket(AF_INET6, SOCK_STREAM, 0), alive, four, six;
	double begin;

	signal(SIGPIPE, SIG_IGN);
	if (bind(listener, (struct sockaddr *)&name, sizeof(name)) || listen(listener, 5))
		return 1;
	printf("serving at port %d\n", PORT);
	fflush(stdout);
	alive = kept(listener);
	four = kept(listener);
	six = kept(listener);
	begin = now();
	gone("IPv4", four, begin);
	gone("IPv6", six, begin);
	say_ready("the one whose peer is there", alive);
	say("send", send(alive, "over", 4, 0));
	return 0;
}
