/* SPDX-License-Identifier: ISC */
/* names.c -- looks up the names and addresses in its arguments; as a process it prints the same */
#define _GNU_SOURCE
#include <arpa/inet.h>
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

/* answers have no order of their own */
static void all(const char *name, int family, const char *service)
{
	static char texts[100][INET6_ADDRSTRLEN];
	struct addrinfo hints = {.ai_family = family, .ai_socktype = SOCK_STREAM, .ai_flags = AI_CANONNAME}, *list;
	int error = getaddrinfo(name, service, &hints, &list), count = 0;

	printf("%s:", name);
	if (error) {
		printf(" %s\n", gai_strerror(error));
		return;
	}
	printf(" %s", list->ai_canonname ? list->ai_canonname : "");
	for (struct addrinfo *item = list; item && count < 100; item = item->ai_next)
		getnameinfo(item->ai_addr, item->ai_addrlen, texts[count++], sizeof(texts[0]), NULL, 0, NI_NUMERICHOST);
	printf(" port %d, %d:", ntohs(((struct sockaddr_in *)list->ai_addr)->sin_port), count);
	qsort(texts, (size_t)count, sizeof(texts[0]), compare);
	for (int i = 0; i < count && i < 4; i++)
		printf(" %s", texts[i]);
	printf("\n");
	freeaddrinfo(list);
}

static void old(const char *name)
{
	struct hostent *host = gethostbyname(name);

	printf("gethostbyname %s: ", name);
	if (host)
		printf("%s %s\n", host->h_name, inet_ntoa(*(struct in_addr *)host->h_addr_list[0]));
	else
		printf("%s\n", hstrerror(h_errno));
}

static void back(const char *address)
{
	struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr.s_addr = inet_addr(address)};
	char text[NI_MAXHOST];
	int error = getnameinfo((struct sockaddr *)&name, sizeof(name), text, sizeof(text), NULL, 0, NI_NAMEREQD);

	printf("%s: %s\n", address, error ? gai_strerror(error) : text);
}

/* 4NAME, 6NAME: addresses of a family; aNAME: of both; oNAME: by gethostbyname; bADDRESS: its name */
int main(int count, char **words)
{
	for (int i = 1; i < count; i++) {
		const char *word = words[i] + 1;

		switch (words[i][0]) {
		case '4':
			all(word, AF_INET, "80");
			break;
		case '6':
			all(word, AF_INET6, NULL);
			break;
		case 'a':
			all(word, AF_UNSPEC, "443");
			break;
		case 'o':
			old(word);
			break;
		case 'b':
			back(word);
			break;
		}
		fflush(stdout);
	}
	return 0;
}
