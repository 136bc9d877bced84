/* SPDX-License-Identifier: ISC */
/* lookups.c -- getaddrinfo and getnameinfo with each flag, family, kind of service and error; as a process it prints the same */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static int compare(const void *one, const void *other)
{
	return strcmp(one, other);
}

static void look_up(const char *name, const char *service, int flags, int family, int type, int protocol)
{
	static char texts[64][400];
	struct addrinfo hints = {.ai_flags = flags, .ai_family = family, .ai_socktype = type, .ai_protocol = protocol}, *list;
	int error = getaddrinfo(name, service, &hints, &list), count = 0;

	printf("%s %s flags %x family %d type %d protocol %d:", name ? name : "-", service ? service : "-", (unsigned)flags, family, type, protocol);
	if (error) {
		printf(" %d %s\n", error, gai_strerror(error));
		return;
	}
	if (list->ai_canonname)
		printf(" %s", list->ai_canonname);
	for (struct addrinfo *item = list; item && count < 64; item = item->ai_next) {
		char host[NI_MAXHOST] = "", port[NI_MAXSERV] = "";

		getnameinfo(item->ai_addr, item->ai_addrlen, host, sizeof(host), port, sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV);
		snprintf(texts[count++], sizeof(texts[0]), " %s/%s/%d/%d/%d/%u", host, port, item->ai_family, item->ai_socktype,
			 item->ai_protocol, (unsigned)item->ai_addrlen);
	}
	qsort(texts, (size_t)count, sizeof(texts[0]), compare);
	for (int i = 0; i < count; i++)
		printf("%s", texts[i]);
	printf("\n");
	freeaddrinfo(list);
}

static void name(const char *address, int port, int flags, socklen_t host_size, socklen_t service_size)
{
	struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons((in_port_t)port)};
	struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons((in_port_t)port)};
	int is_six = inet_pton(AF_INET6, address, &six.sin6_addr) == 1, error;
	char host[NI_MAXHOST] = "-", service[NI_MAXSERV] = "-";

	if (!is_six)
		inet_pton(AF_INET, address, &four.sin_addr);
	error = getnameinfo(is_six ? (struct sockaddr *)&six : (struct sockaddr *)&four, is_six ? sizeof(six) : sizeof(four),
			    host_size ? host : NULL, host_size, service_size ? service : NULL, service_size, flags);
	printf("%s %d flags %x: %d %s %s\n", address, port, (unsigned)flags, error, error ? gai_strerror(error) : host, error ? "" : service);
}

static void names(void)
{
	static const int families[] = {AF_UNSPEC, AF_INET, AF_INET6};
	static const char *const hosts[] = {
		"both.test", "one.test", "six.test", "alias.test", "chain.test", "inner", "inner.sub", "both.test.", "absent.test", "absent",
		"fixed", "127.0.0.1", "10.1.2.3", "10.1", "0x7f.1", "1.2.3.4.5", "256.1.1.1", "::1", "fd00::77", "fe80::1%7", "fe80::1%nothing", "::ffff:10.1.2.3",
		"[::1]", "localhost", "", ".", "a..b", "-x.test", "under_score.test",
		"label-of-more-than-sixty-three-characters-which-no-name-may-have-x.test",
	};
	static const int flags[] = {AI_CANONNAME, AI_NUMERICHOST, AI_V4MAPPED, AI_V4MAPPED | AI_ALL, AI_ADDRCONFIG, AI_PASSIVE};

	for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++)
		for (size_t j = 0; j < sizeof(families) / sizeof(families[0]); j++)
			look_up(hosts[i], "80", 0, families[j], SOCK_STREAM, 0);
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		for (size_t j = 0; j < sizeof(families) / sizeof(families[0]); j++) {
			look_up("one.test", NULL, flags[i], families[j], SOCK_STREAM, 0);
			look_up("both.test", NULL, flags[i], families[j], SOCK_STREAM, 0);
			look_up("alias.test", NULL, flags[i], families[j], SOCK_DGRAM, 0);
			look_up("10.1.2.3", NULL, flags[i], families[j], SOCK_STREAM, 0);
			look_up("fd00::77", NULL, flags[i], families[j], SOCK_STREAM, 0);
			look_up(NULL, "80", flags[i], families[j], SOCK_STREAM, 0);
		}
}

static void services(void)
{
	static const char *const services[] = {"80", "0", "65535", "65536", "-1", "08", "http", "domain", "tftp", "ukgen-odd", "nothing", "", "80x", "ftp data"};
	static const int types[] = {0, SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, 77};

	for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++)
		for (size_t j = 0; j < sizeof(types) / sizeof(types[0]); j++)
			look_up("10.1.2.3", services[i], 0, AF_UNSPEC, types[j], 0);
	look_up("10.1.2.3", "http", AI_NUMERICSERV, AF_UNSPEC, SOCK_STREAM, 0);
	look_up("10.1.2.3", "80", AI_NUMERICSERV, AF_UNSPEC, SOCK_STREAM, 0);
	look_up("10.1.2.3", NULL, 0, AF_UNSPEC, 0, IPPROTO_UDP);
	look_up("10.1.2.3", "80", 0, AF_UNSPEC, SOCK_STREAM, IPPROTO_UDP);
	look_up("10.1.2.3", "80", 0, AF_UNSPEC, SOCK_DGRAM, IPPROTO_UDP);
	look_up(NULL, NULL, 0, AF_UNSPEC, 0, 0);
	look_up("10.1.2.3", "80", 0x8000, AF_UNSPEC, SOCK_STREAM, 0);
	look_up("10.1.2.3", "80", 0, 99, SOCK_STREAM, 0);
	look_up(NULL, "80", AI_CANONNAME, AF_UNSPEC, SOCK_STREAM, 0);
}

static void addresses(void)
{
	static const char *const known[] = {"10.2.2.2", "10.3.3.3", "10.7.7.7", "fd00::5", "fd00::66", "fe80::1", "127.0.0.1", "::1"};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		name(known[i], 80, 0, NI_MAXHOST, NI_MAXSERV);
		name(known[i], 53, NI_DGRAM, NI_MAXHOST, NI_MAXSERV);
		name(known[i], 1, NI_NAMEREQD, NI_MAXHOST, NI_MAXSERV);
		name(known[i], 80, NI_NUMERICHOST | NI_NUMERICSERV, NI_MAXHOST, NI_MAXSERV);
		name(known[i], 80, NI_NOFQDN, NI_MAXHOST, 0);
	}
	name("10.2.2.2", 80, 0, 3, NI_MAXSERV);
	name("10.2.2.2", 80, 0, NI_MAXHOST, 2);
	name("10.2.2.2", 80, 0, 0, 0);
	name("10.2.2.2", 80, NI_NUMERICHOST | NI_NAMEREQD, NI_MAXHOST, 0);
	printf("%d\n", getnameinfo(&(struct sockaddr){.sa_family = 99}, sizeof(struct sockaddr), (char[9]){0}, 9, NULL, 0, 0));
	printf("%d\n", getnameinfo(&(struct sockaddr){.sa_family = AF_INET6}, sizeof(struct sockaddr), (char[9]){0}, 9, NULL, 0, 0));
}

int main(void)
{
	names();
	services();
	addresses();
	return 0;
}
