/* SPDX-License-Identifier: ISC */
/* many.c -- echoes data to as many clients as possible; prints how many connect */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PORT = 7, EVENTS = 256 };

static int events;

static void clients_add(int listener)
{
	int client;

	while ((client = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0)
		if (epoll_ctl(events, EPOLL_CTL_ADD, client, &(struct epoll_event){.events = EPOLLIN, .data.fd = client}))
			close(client);
}

static void client_serve(int client)
{
	char bytes[4096];
	ssize_t size = read(client, bytes, sizeof(bytes));

	if (size <= 0 || send(client, bytes, (size_t)size, MSG_NOSIGNAL) != size)
		close(client);
}

int main(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
	struct epoll_event ready[EVENTS];
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), count;

	events = epoll_create1(0);
	if (bind(listener, (struct sockaddr *)&address, sizeof(address)) || listen(listener, 1000) ||
	    epoll_ctl(events, EPOLL_CTL_ADD, listener, &(struct epoll_event){.events = EPOLLIN, .data.fd = listener}))
		return 1;
	puts("serving at port 7");
	fflush(stdout);
	while ((count = epoll_wait(events, ready, EVENTS, -1)) > 0)
		for (int i = 0; i < count; i++) {
			if (ready[i].data.fd == listener)
				clients_add(listener);
			else
				client_serve(ready[i].data.fd);
		}
	return 1;
}
