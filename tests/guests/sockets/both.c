/* SPDX-License-Identifier: ISC */
/* both.c -- answers at port 7, by TCP and UDP, IPv4 and IPv6, with the peer's address; first looks up a name, if given one */
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static const char *text_of(const struct sockaddr_in6 *peer)
{
	static char text[INET6_ADDRSTRLEN];

	return inet_ntop(AF_INET6, &peer->sin6_addr, text, sizeof(text));
}

static void look_up(const char *name)
{
	struct addrinfo hints = {.ai_family = AF_INET6, .ai_socktype = SOCK_STREAM}, *list;
	int error = getaddrinfo(name, NULL, &hints, &list);

	printf("%s: %s\n", name, error ? gai_strerror(error) : text_of((struct sockaddr_in6 *)list->ai_addr));
}

int main(int count, char **words)
{
	struct sockaddr_in6 name = {.sin6_family = AF_INET6, .sin6_port = htons(7)}, peer;
	int listener = socket(AF_INET6, SOCK_STREAM, 0), datagrams = socket(AF_INET6, SOCK_DGRAM, 0), client;
	struct pollfd polls[] = {{.fd = listener, .events = POLLIN}, {.fd = datagrams, .events = POLLIN}};
	static char bytes[65536];

	if (count > 1)
		look_up(words[1]);
	if (bind(listener, (struct sockaddr *)&name, sizeof(name)) || listen(listener, 5) ||
	    bind(datagrams, (struct sockaddr *)&name, sizeof(name)))
		return 1;
	puts("serving at port 7");
	fflush(stdout);
	while (poll(polls, 2, -1) > 0) {
		socklen_t size = sizeof(peer);

		if (polls[1].revents && recvfrom(datagrams, bytes, sizeof(bytes), 0, (struct sockaddr *)&peer, &size) >= 0)
			sendto(datagrams, text_of(&peer), strlen(text_of(&peer)), 0, (struct sockaddr *)&peer, size);
		size = sizeof(peer);
		if (polls[0].revents && (client = accept(listener, (struct sockaddr *)&peer, &size)) >= 0) {
			send(client, text_of(&peer), strlen(text_of(&peer)), MSG_NOSIGNAL);
			close(client);
		}
	}
	return 1;
}
