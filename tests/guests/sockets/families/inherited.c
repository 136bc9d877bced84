/* SPDX-License-Identifier: ISC */
/* families/inherited.c -- the options that accepted connections have from their listener */
#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/time.h>
#include <unistd.h>

#include "families.h"

static const struct {
	int level, option, value;
} numbers[] = {
	{SOL_SOCKET, SO_REUSEADDR, 1}, {SOL_SOCKET, SO_KEEPALIVE, 1}, {SOL_SOCKET, SO_BROADCAST, 1}, {SOL_SOCKET, SO_ACCEPTCONN, 0},
	{IPPROTO_TCP, TCP_NODELAY, 1}, {IPPROTO_TCP, TCP_CORK, 1}, {IPPROTO_TCP, TCP_KEEPIDLE, 71}, {IPPROTO_TCP, TCP_KEEPINTVL, 72},
	{IPPROTO_TCP, TCP_KEEPCNT, 9}, {IPPROTO_TCP, TCP_USER_TIMEOUT, 7300}, {IPPROTO_IP, IP_TTL, 74}, {IPPROTO_IP, IP_TOS, 16},
	{IPPROTO_IP, IP_RECVTTL, 1}, {IPPROTO_IPV6, IPV6_UNICAST_HOPS, 74}, {IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 1},
};

static const int limits_of_time[] = {SO_RCVTIMEO, SO_SNDTIMEO};

static void numbers_say(int socket)
{
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		int value = -1;

		printf("level %d option %d is %d: ", numbers[i].level, numbers[i].option, numbers[i].value);
		say("result", getsockopt(socket, numbers[i].level, numbers[i].option, &value, &(socklen_t){sizeof(value)}));
		printf("  %d\n", value);
	}
}

void inherited(void)
{
	struct linger linger = {1, 3};
	int one = new(SOCK_STREAM), ends[2];

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		setsockopt(one, numbers[i].level, numbers[i].option, &numbers[i].value, sizeof(int));
	setsockopt(one, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	for (int i = 0; i < 2; i++)
		setsockopt(one, SOL_SOCKET, limits_of_time[i], &(struct timeval){i + 1, 0}, sizeof(struct timeval));
	bind_here(one, PORT + 4);
	listen(one, 5);
	fcntl(one, F_SETFL, O_NONBLOCK);
	ends[0] = new(SOCK_STREAM);
	connect_here(ends[0], PORT + 4);
	settle();
	ends[1] = accept(one, NULL, NULL);
	numbers_say(ends[1]);
	linger = (struct linger){0};
	say("SO_LINGER", getsockopt(ends[1], SOL_SOCKET, SO_LINGER, &linger, &(socklen_t){sizeof(linger)}));
	printf("  %d %d\n", linger.l_onoff, linger.l_linger);
	for (int i = 0; i < 2; i++) {
		struct timeval time = {0};

		say("a limit", getsockopt(ends[1], SOL_SOCKET, limits_of_time[i], &time, &(socklen_t){sizeof(time)}));
		printf("  %ld %ld\n", (long)time.tv_sec, (long)time.tv_usec);
	}
	say("is nonblocking", !!(fcntl(ends[1], F_GETFL) & O_NONBLOCK));
	close(ends[0]);
	close(ends[1]);
	close(one);
}
