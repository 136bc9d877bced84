/* SPDX-License-Identifier: ISC */
/* families/main.c -- the same calls on sockets of IPv4 or of IPv6; it is its own peer, so that it can run as a process, too */
#define _GNU_SOURCE
#include <signal.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "families.h"

char bytes[1 << 20];
int family, listener;
volatile int pipes;

static void on_pipe(int number)
{
	pipes += number == SIGPIPE;
}

socklen_t here(struct sockaddr_storage *name, int port)
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

int bind_here(int socket, int port)
{
	struct sockaddr_storage name;
	socklen_t size = here(&name, port);

	return bind(socket, (struct sockaddr *)&name, size);
}

int connect_here(int socket, int port)
{
	struct sockaddr_storage name;
	socklen_t size = here(&name, port);

	return connect(socket, (struct sockaddr *)&name, size);
}

long send_here(int socket, int port, const char *text)
{
	struct sockaddr_storage name;
	socklen_t size = here(&name, port);

	return sendto(socket, text, strlen(text), 0, (struct sockaddr *)&name, size);
}

int new(int type)
{
	return socket(family, type, 0);
}

int listener_new(int port, int backlog)
{
	int one = new(SOCK_STREAM);

	setsockopt(one, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	if (bind_here(one, port) || listen(one, backlog))
		say("listener", -1);
	return one;
}

void pair(int ends[2])
{
	ends[0] = new(SOCK_STREAM);
	if (connect_here(ends[0], PORT))
		say("pair", -1);
	ends[1] = accept(listener, NULL, NULL);
}

void unpair(int ends[2])
{
	close(ends[0]);
	close(ends[1]);
}

long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void limited(int socket, int option, int ms)
{
	struct timeval time = {.tv_usec = ms * 1000};

	setsockopt(socket, SOL_SOCKET, option, &time, sizeof(time));
}

void say_received(const char *what, int socket, int flags, size_t most)
{
	ssize_t size = recv(socket, bytes, most, flags);

	say(what, size);
	if (size > 0 && size < 100)
		printf("  %.*s\n", (int)size, bytes);
}

static const struct {
	const char *name;
	void (*run)(void);
} sections[] = {
	{"names", names}, {"messages", messages}, {"shutdowns", shutdowns}, {"ends", ends_of_connections}, {"ports", ports},
	{"connects", connects}, {"limits", limits}, {"counts", counts}, {"epolls", epolls}, {"nested", nested}, {"many", many},
	{"options", options}, {"datagrams", datagrams}, {"unsent", unsent}, {"corks", corks}, {"ancillary", ancillary},
	{"inherited", inherited},
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
