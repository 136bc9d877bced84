/* SPDX-License-Identifier: ISC */
/* internet.h -- addresses and options of IPv4 sockets, for the programs here */
#ifndef INTERNET_H
#define INTERNET_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "say.h"

static inline struct sockaddr_in at(const char *address, int port)
{
	return (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((in_port_t)port), .sin_addr.s_addr = inet_addr(address)};
}

static inline int bind_to(int socket, const char *address, int port)
{
	struct sockaddr_in name = at(address, port);

	return bind(socket, (struct sockaddr *)&name, sizeof(name));
}

static inline int connect_to(int socket, const char *address, int port)
{
	struct sockaddr_in name = at(address, port);

	return connect(socket, (struct sockaddr *)&name, sizeof(name));
}

static inline void say_name(const char *what, int (*get)(int, struct sockaddr *, socklen_t *), int socket, int with_port)
{
	struct sockaddr_in name;
	socklen_t size = sizeof(name);

	if (get(socket, (struct sockaddr *)&name, &size))
		printf("%s: %s\n", what, strerror(errno));
	else
		printf("%s: %d %u %s %s\n", what, name.sin_family, size, inet_ntoa(name.sin_addr),
		       with_port ? (char[]){'0' + ntohs(name.sin_port) % 10, 0} : name.sin_port ? "some port" : "no port");
}

static inline int error_of(int socket)
{
	int error = -1;
	socklen_t size = sizeof(error);

	getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
	return error;
}

static inline void say_error(const char *what, int socket)
{
	printf("%s: %s\n", what, strerror(error_of(socket)));
}

static inline void option(const char *what, int socket, int level, int name, int value)
{
	int got = -1;
	socklen_t size = sizeof(got);

	printf("%s: ", what);
	if (setsockopt(socket, level, name, &value, sizeof(value)))
		printf("%s", strerror(errno));
	if (getsockopt(socket, level, name, &got, &size))
		printf(" %s\n", strerror(errno));
	else
		printf(" %d %u\n", got, size);
}

#endif
