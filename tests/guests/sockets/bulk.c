/* SPDX-License-Identifier: ISC */
/*
 * bulk.c -- receives or sends as much as a client wants, one client at a time
 *
 * tests/peers/bulk.c is the client. What a client sends to port 9 is answered by its
 * checksum, once the client has shut down its side. A client of port 19 sends a
 * count of words, receives these, and compares their checksum.
 */
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../peers/bulk.h"

static int listener_open(uint16_t port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
	int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;

	if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) ||
	    bind(listener, (struct sockaddr *)&address, sizeof(address)) || listen(listener, 8))
		return -1;
	return listener;
}

int main(void)
{
	struct pollfd polls[] = {
		{.fd = listener_open(BULK_RECEIVES), .events = POLLIN},
		{.fd = listener_open(BULK_SENDS), .events = POLLIN},
	};

	if (polls[0].fd < 0 || polls[1].fd < 0) {
		perror("bulk");
		return 1;
	}
	puts("serving at ports 9 and 19");
	fflush(stdout);
	while (poll(polls, 2, -1) > 0)
		for (int i = 0; i < 2; i++) {
			int client = polls[i].revents ? accept(polls[i].fd, NULL, NULL) : -1;
			struct bulk_sum sum;
			uint64_t words;

			if (client < 0)
				continue;
			if (!i && !bulk_receive(client, &sum))
				send(client, &sum, sizeof(sum), MSG_NOSIGNAL);
			if (i && recv(client, &words, sizeof(words), MSG_WAITALL) == sizeof(words))
				bulk_send(client, words, &sum);
			close(client);
		}
	return 1;
}
