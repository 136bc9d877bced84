/* SPDX-License-Identifier: ISC */
/* events.c -- epoll, errors included; it is its own peer, so that it can run as a process, too */
#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "say.h"

static int instance, listener;
static char bytes[1 << 16];

static void control(const char *what, int operation, int descriptor, unsigned events, int number)
{
	struct epoll_event event = {.events = events, .data.u32 = (unsigned)number};

	say(what, epoll_ctl(instance, operation, descriptor, &event));
}

static void wait_for(const char *what, int most)
{
	struct epoll_event events[8];
	int count;

	settle();
	count = epoll_wait(instance, events, most, 20);
	say(what, count);
	for (int i = 0; i < count; i++)
		printf("  %u:%s%s%s%s%s\n", events[i].data.u32, events[i].events & EPOLLIN ? " in" : "",
		       events[i].events & EPOLLOUT ? " out" : "", events[i].events & EPOLLRDHUP ? " end" : "",
		       events[i].events & EPOLLHUP ? " hangup" : "", events[i].events & EPOLLERR ? " error" : "");
	fflush(stdout);
}

static void pair(int ends[2])
{
	struct sockaddr_in name;
	socklen_t size = sizeof(name);

	getsockname(listener, (struct sockaddr *)&name, &size);
	ends[0] = socket(AF_INET, SOCK_STREAM, 0);
	if (connect(ends[0], (struct sockaddr *)&name, size))
		say("pair", -1);
	ends[1] = accept(listener, NULL, NULL);
}

static void wrong_ones(void)
{
	struct epoll_event event = {0};

	say("create", epoll_create1(99));
	control("add EBADF", EPOLL_CTL_ADD, 99, EPOLLIN, 0);
	control("add itself", EPOLL_CTL_ADD, instance, EPOLLIN, 0);
	control("operation", 77, listener, EPOLLIN, 0);
	control("modify none", EPOLL_CTL_MOD, listener, EPOLLIN, 0);
	control("delete none", EPOLL_CTL_DEL, listener, EPOLLIN, 0);
	say("no instance", epoll_ctl(listener, EPOLL_CTL_ADD, listener, &event));
	say("wait EBADF", epoll_wait(99, &event, 1, 0));
	say("wait EINVAL", epoll_wait(listener, &event, 1, 0));
	say("no room", epoll_wait(instance, &event, 0, 0));
}

static void levels(void)
{
	int ends[2];

	control("listener", EPOLL_CTL_ADD, listener, EPOLLIN, 1);
	control("again", EPOLL_CTL_ADD, listener, EPOLLIN, 1);
	wait_for("nothing", 8);
	pair(ends);
	wait_for("accepted", 8);
	control("one", EPOLL_CTL_ADD, ends[0], EPOLLIN | EPOLLOUT | EPOLLRDHUP, 2);
	control("other", EPOLL_CTL_ADD, ends[1], EPOLLIN, 3);
	wait_for("writable", 8);
	wait_for("still", 8);
	send(ends[0], "x", 1, 0);
	control("reads only", EPOLL_CTL_MOD, ends[0], EPOLLIN | EPOLLRDHUP, 4);
	wait_for("readable", 8);
	say_ready("the instance", instance);
	recv(ends[1], bytes, 1, 0);
	wait_for("read", 8);
	say_ready("the instance", instance);
	shutdown(ends[1], SHUT_WR);
	wait_for("ended", 8);
	control("delete", EPOLL_CTL_DEL, ends[0], 0, 0);
	wait_for("deleted", 8);
	close(ends[1]);
	wait_for("closed", 8);
	close(ends[0]);
}

static void edges(void)
{
	int ends[2];
	ssize_t size;

	pair(ends);
	/* what comes second would wait for the first one's acknowledgement */
	setsockopt(ends[0], IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
	control("edges", EPOLL_CTL_ADD, ends[1], EPOLLIN | EPOLLET, 5);
	send(ends[0], "one", 3, 0);
	wait_for("told", 8);
	wait_for("not again", 8);
	send(ends[0], "two", 3, 0);
	wait_for("told of more", 8);
	control("once", EPOLL_CTL_MOD, ends[1], EPOLLIN | EPOLLONESHOT, 6);
	wait_for("once", 8);
	wait_for("not again", 8);
	control("armed", EPOLL_CTL_MOD, ends[1], EPOLLIN | EPOLLONESHOT, 7);
	wait_for("once more", 8);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	control("room", EPOLL_CTL_ADD, ends[0], EPOLLOUT | EPOLLET, 8);
	wait_for("there is", 8);
	for (int i = 0; i < 3; i++) {
		while (send(ends[0], bytes, sizeof(bytes), 0) > 0)
			;
		settle();
	}
	wait_for("there is none", 8);
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	for (int i = 0; i < 50; i++) {
		while ((size = recv(ends[1], bytes, sizeof(bytes), 0)) > 0)
			;
		poll(NULL, 0, 2);
	}
	wait_for("there is again", 8);
	close(ends[0]);
	close(ends[1]);
	pair(ends);
	control("first", EPOLL_CTL_ADD, ends[0], EPOLLOUT, 9);
	control("second", EPOLL_CTL_ADD, ends[1], EPOLLOUT, 10);
	wait_for("in turn", 1);
	wait_for("in turn", 1);
	wait_for("in turn", 1);
	say("close", close(instance));
	say("send", send(ends[0], "x", 1, 0));
}

int main(void)
{
	struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};

	instance = epoll_create1(EPOLL_CLOEXEC);
	say("EPOLL_CLOEXEC", fcntl(instance, F_GETFD));
	listener = epoll_create1(0);
	say("without", fcntl(listener, F_GETFD));
	close(listener);
	listener = socket(AF_INET, SOCK_STREAM, 0);
	bind(listener, (struct sockaddr *)&name, sizeof(name));
	say("listen", listen(listener, 5));
	wrong_ones();
	levels();
	edges();
	return 0;
}
