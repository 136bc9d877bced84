/* SPDX-License-Identifier: ISC */
/*
 * mirror.c -- echoes datagrams at port 7
 *
 * "broadcast TEXT" broadcasts TEXT, "refused PORT" returns the error of a connected
 * socket that sends to this port of the peer, "burst COUNT" is answered COUNT times.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char text[65536];
static int mirror;

static ssize_t refused(struct sockaddr_in peer, int port)
{
	int one = socket(AF_INET, SOCK_DGRAM, 0);
	struct pollfd wait = {.fd = one, .events = POLLIN};
	char byte;

	peer.sin_port = htons((in_port_t)port);
	connect(one, (struct sockaddr *)&peer, sizeof(peer));
	send(one, "x", 1, 0);
	poll(&wait, 1, 3000);
	strcpy(text, recv(one, &byte, 1, MSG_DONTWAIT) < 0 ? strerror(errno) : "something");
	close(one);
	return (ssize_t)strlen(text);
}

static ssize_t broadcast(const char *words)
{
	struct sockaddr_in all = {.sin_family = AF_INET, .sin_port = htons(9), .sin_addr.s_addr = inet_addr("10.9.0.255")};
	int refused = sendto(mirror, words, strlen(words), 0, (struct sockaddr *)&all, sizeof(all)) < 0 && errno == EACCES;

	setsockopt(mirror, SOL_SOCKET, SO_BROADCAST, &(int){1}, sizeof(int));
	sendto(mirror, words, strlen(words), 0, (struct sockaddr *)&all, sizeof(all));
	strcpy(text, refused ? "only with leave" : "without leave");
	return (ssize_t)strlen(text);
}

int main(void)
{
	struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons(7)}, peer;
	int times;

	mirror = socket(AF_INET, SOCK_DGRAM, 0);
	if (bind(mirror, (struct sockaddr *)&name, sizeof(name)))
		return 1;
	puts("serving at port 7");
	fflush(stdout);
	for (;;) {
		socklen_t size = sizeof(peer);
		ssize_t length = recvfrom(mirror, text, sizeof(text) - 1, 0, (struct sockaddr *)&peer, &size);

		if (length < 0)
			return 1;
		text[length] = 0;
		times = 1;
		if (!strncmp(text, "refused ", 8))
			length = refused(peer, atoi(text + 8));
		else if (!strncmp(text, "broadcast ", 10))
			length = broadcast(text + 10);
		else if (!strncmp(text, "burst ", 6))
			times = atoi(text + 6);
		while (times--)
			sendto(mirror, text, (size_t)length, 0, (struct sockaddr *)&peer, size);
	}
}
