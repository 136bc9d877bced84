/* SPDX-License-Identifier: ISC */
/*
 * morsels.c -- sends a client as many pieces of 3,000 bytes as each byte from it says, and then waits for the next
 *
 * A client of port 8 gets them with TCP_NODELAY.
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "say.h"

enum { PIECE = 3000, DELAYED = 7, PROMPT = 8 };

static int listener_open(uint16_t port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	if (bind(listener, (struct sockaddr *)&address, sizeof(address)) || listen(listener, 1))
		say("listen", -1);
	return listener;
}

static void serve(int client)
{
	static char piece[PIECE];
	unsigned char count;

	/* the connection stays open: nothing but this wait sends the last piece */
	while (recv(client, &count, 1, 0) == 1)
		for (unsigned i = 0; i < count; i++)
			if (send(client, piece, PIECE, MSG_NOSIGNAL) != PIECE)
				say("send", -1);
	close(client);
}

int main(void)
{
	struct pollfd polls[] = {{.fd = listener_open(DELAYED), .events = POLLIN}, {.fd = listener_open(PROMPT), .events = POLLIN}};
	int on = 1;

	say("serving at 7 and 8", 0);
	while (poll(polls, 2, -1) > 0)
		for (int i = 0; i < 2; i++) {
			int client = polls[i].revents ? accept(polls[i].fd, NULL, NULL) : -1;

			if (client < 0)
				continue;
			if (i && setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)))
				say("TCP_NODELAY", -1);
			serve(client);
		}
	return 1;
}
