/* SPDX-License-Identifier: ISC */
/*
 * keep.c -- what keep-alive and TCP_USER_TIMEOUT make of connections whose peers are gone
 *
 * keep_client.py makes six connections: one whose peer stays, for each of both options one by IPv4 and one
 * by IPv6 whose peers vanish, and one whose peer takes nothing. These are told the same in a process.
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "say.h"

enum { PORT = 7, IDLE = 1, INTERVAL = 1, PROBES = 2, LIMIT = 1500 };

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void option_set(int one, int level, int name, int value)
{
	if (setsockopt(one, level, name, &value, sizeof(value)))
		say("setsockopt", -1);
}

static int accepted(int listener)
{
	int one = accept(listener, NULL, NULL);

	send(one, "k", 1, 0);
	return one;
}

static int kept(int listener)
{
	int one = accepted(listener);

	option_set(one, SOL_SOCKET, SO_KEEPALIVE, 1);
	option_set(one, IPPROTO_TCP, TCP_KEEPIDLE, IDLE);
	option_set(one, IPPROTO_TCP, TCP_KEEPINTVL, INTERVAL);
	option_set(one, IPPROTO_TCP, TCP_KEEPCNT, PROBES);
	return one;
}

static int limited(int listener)
{
	int one = accepted(listener);

	option_set(one, IPPROTO_TCP, TCP_USER_TIMEOUT, LIMIT);
	return one;
}

/* the connection ends within so many seconds from then */
static void over(int one, double begin, double least, double most)
{
	double took;
	char byte;

	say("recv", recv(one, &byte, 1, 0));
	took = now() - begin;
	printf("it took %s\n", took >= least && took < most ? "its time" : "another time");
	say_ready("it", one);
	say("recv", recv(one, &byte, 1, 0));
	say("send", send(one, "x", 1, 0));
}

/* with data in flight */
static void silent(const char *what, int one)
{
	double begin = now();

	printf("%s\n", what);
	say("send", send(one, "data", 4, 0));
	over(one, begin, LIMIT / 1e3 - 0.1, LIMIT / 1e3 + 3);
}

/* its window stays closed, and its peer answers every probe of it */
static void full(int one)
{
	static const char data[100000];
	struct pollfd wait = {.fd = one, .events = POLLOUT};
	double begin = now();

	printf("no window\n");
	do {
		while (send(one, data, sizeof(data), MSG_DONTWAIT) > 0)
			begin = now();
	} while (poll(&wait, 1, LIMIT / 3) == 1 && !(wait.revents & POLLERR));
	over(one, begin, LIMIT / 1e3 - 0.1, LIMIT / 1e3 + 3);
}

int main(void)
{
	struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_port = htons(PORT)};
	int listener = socket(AF_INET6, SOCK_STREAM, 0), alive, gone[2], lost[2], stuck;
	double begin;

	signal(SIGPIPE, SIG_IGN);
	if (bind(listener, (struct sockaddr *)&name, sizeof(name)) || listen(listener, 5))
		return 1;
	printf("serving at port %d\n", PORT);
	fflush(stdout);
	alive = kept(listener);
	for (int i = 0; i < 2; i++)
		gone[i] = kept(listener);
	for (int i = 0; i < 2; i++)
		lost[i] = limited(listener);
	stuck = limited(listener);
	begin = now();
	for (int i = 0; i < 2; i++) {
		printf("keep-alive, IPv%d\n", i ? 6 : 4);
		over(gone[i], begin, IDLE + INTERVAL * PROBES - 0.1, 15);
	}
	silent("data in flight, IPv4", lost[0]);
	silent("data in flight, IPv6", lost[1]);
	full(stuck);
	say_ready("the one whose peer is there", alive);
	say("send", send(alive, "over", 4, 0));
	return 0;
}
