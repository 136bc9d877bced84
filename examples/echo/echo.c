/* SPDX-License-Identifier: ISC */
/* echo.c -- a TCP echo server with sockets and poll, without any of ukgen's own calls */
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PORT = 7, CLIENTS = 100 };

static struct pollfd polls[1 + CLIENTS];        /* the listener, then the clients; fd -1: none */

static void client_add(int listener)
{
	int client = accept(listener, NULL, NULL);

	for (int i = 1; i <= CLIENTS; i++)
		if (polls[i].fd < 0) {
			polls[i] = (struct pollfd){.fd = client, .events = POLLIN};
			return;
		}
	close(client);
}

/* a client that doesn't read its answers makes the others wait */
static bool client_serve(int client)
{
	char bytes[16384];
	ssize_t size = read(client, bytes, sizeof(bytes)), done = 0, sent;

	for (; done < size; done += sent) {
		sent = send(client, bytes + done, (size_t)(size - done), MSG_NOSIGNAL);
		if (sent < 0)
			return false;
	}
	return size > 0;
}

int main(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof(address)) || listen(listener, 128)) {
		perror("echo");
		return EXIT_FAILURE;
	}
	printf("echo: serving at port %d\n", PORT);
	fflush(stdout);
	polls[0] = (struct pollfd){.fd = listener, .events = POLLIN};
	for (int i = 1; i <= CLIENTS; i++)
		polls[i].fd = -1;
	while (poll(polls, 1 + CLIENTS, -1) > 0)
		for (int i = 0; i <= CLIENTS; i++)
			if (polls[i].fd >= 0 && polls[i].revents) {
				if (!i) {
					client_add(listener);
				} else if (!client_serve(polls[i].fd)) {
					close(polls[i].fd);
					polls[i].fd = -1;
				}
			}
	return EXIT_FAILURE;
}
