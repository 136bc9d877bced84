/* SPDX-License-Identifier: ISC */
/* families/events.c -- epoll and poll */
#define _GNU_SOURCE
#include <sys/epoll.h>
#include <unistd.h>

#include "families.h"

enum { MANY = 120 };

static int instance;

static void control(const char *what, int operation, int descriptor, unsigned events, unsigned number)
{
	struct epoll_event event = {.events = events, .data.u32 = number};

	say(what, epoll_ctl(instance, operation, descriptor, &event));
}

static void events_say(const char *what)
{
	struct epoll_event events[8];
	int count;

	settle();
	count = epoll_wait(instance, events, 8, 0);
	say(what, count);
	for (int i = 0; i < count; i++)
		printf("  %u: %x\n", events[i].data.u32, events[i].events);
}

void epolls(void)
{
	int ends[2], copy, one;

	instance = epoll_create1(0);
	pair(ends);
	control("add", EPOLL_CTL_ADD, ends[1], EPOLLIN | EPOLLET | EPOLLRDHUP, 1);
	events_say("nothing");
	send(ends[0], "one", 3, 0);
	events_say("an edge");
	events_say("once");
	say_received("a part", ends[1], 0, 1);
	events_say("no edge");
	control("modify", EPOLL_CTL_MOD, ends[1], EPOLLIN | EPOLLET | EPOLLRDHUP, 2);
	events_say("as if it were new");
	shutdown(ends[0], SHUT_WR);
	events_say("an end");
	events_say("once");
	control("both ways", EPOLL_CTL_MOD, ends[1], EPOLLIN | EPOLLOUT | EPOLLET, 3);
	events_say("both");
	events_say("once");
	control("once", EPOLL_CTL_MOD, ends[1], EPOLLIN | EPOLLONESHOT, 4);
	events_say("once");
	events_say("no more");
	say("disarmed, add", epoll_ctl(instance, EPOLL_CTL_ADD, ends[1], &(struct epoll_event){.events = EPOLLIN}));
	close(ends[0]);
	events_say("no more");
	control("armed", EPOLL_CTL_MOD, ends[1], EPOLLOUT | EPOLLONESHOT, 5);
	events_say("once");
	control("nothing", EPOLL_CTL_MOD, ends[1], 0, 6);
	send(ends[1], "x", 1, MSG_NOSIGNAL);
	events_say("an error or a hangup without asking");
	copy = dup(ends[1]);
	close(ends[1]);
	events_say("its copy is open");
	control("modify the closed", EPOLL_CTL_MOD, ends[1], EPOLLIN, 7);
	control("delete the closed", EPOLL_CTL_DEL, ends[1], 0, 7);
	control("delete the copy", EPOLL_CTL_DEL, copy, 0, 7);
	control("add the copy", EPOLL_CTL_ADD, copy, EPOLLIN, 8);
	close(copy);
	events_say("it is closed");
	one = new(SOCK_STREAM);
	control("add the number anew", EPOLL_CTL_ADD, one, EPOLLIN, 9);
	events_say("a new one");
	connect_here(one, PORT);
	ends[1] = accept(listener, NULL, NULL);
	events_say("connected");
	send(ends[1], "x", 1, 0);
	events_say("readable");
	ends[0] = dup2(listener, one);
	events_say("its number has another");
	control("another may be added", EPOLL_CTL_ADD, one, EPOLLIN, 10);
	control("delete it", EPOLL_CTL_DEL, one, 0, 0);
	control("delete it again", EPOLL_CTL_DEL, one, 0, 0);
	close(one);
	close(ends[1]);
	one = new(SOCK_DGRAM);
	bind_here(one, PORT);
	control("datagrams, edges", EPOLL_CTL_ADD, one, EPOLLIN | EPOLLET, 11);
	send_here(one, PORT, "1");
	events_say("an edge");
	send_here(one, PORT, "2");
	events_say("an edge");
	events_say("once");
	control("once", EPOLL_CTL_MOD, one, EPOLLIN | EPOLLONESHOT, 12);
	events_say("once");
	send_here(one, PORT, "3");
	events_say("no more");
	control("exclusive", EPOLL_CTL_MOD, one, EPOLLIN | EPOLLEXCLUSIVE, 13);
	control("delete", EPOLL_CTL_DEL, one, 0, 0);
	control("exclusive", EPOLL_CTL_ADD, one, EPOLLIN | EPOLLEXCLUSIVE, 13);
	events_say("exclusive");
	control("modify the exclusive", EPOLL_CTL_MOD, one, EPOLLIN, 13);
	say_received("recv", one, 0, 9);
	close(one);
	events_say("closed");
	pair(ends);
	control("a listener's edges", EPOLL_CTL_ADD, listener, EPOLLIN | EPOLLET, 14);
	events_say("none");
	one = new(SOCK_STREAM);
	connect_here(one, PORT);
	events_say("one");
	copy = new(SOCK_STREAM);
	connect_here(copy, PORT);
	events_say("another");
	events_say("once");
	close(accept(listener, NULL, NULL));
	close(accept(listener, NULL, NULL));
	events_say("none");
	close(one);
	close(copy);
	unpair(ends);
	close(instance);
	say("wait of a closed one", epoll_wait(instance, &(struct epoll_event){0}, 1, 0));
}

static void nested_control(const char *what, int outer, int operation, int inner, unsigned events, unsigned number)
{
	struct epoll_event event = {.events = events, .data.u32 = number};
	int result = epoll_ctl(outer, operation, inner, &event);

	say(what, result);
}

/* instances that watch others */
void nested(void)
{
	int levels[7], loop[3], ends[2], inner = epoll_create1(0);

	instance = epoll_create1(0);
	pair(ends);
	nested_control("itself", instance, EPOLL_CTL_ADD, instance, EPOLLIN, 0);
	control("add", EPOLL_CTL_ADD, inner, EPOLLIN, 1);
	control("add again", EPOLL_CTL_ADD, inner, EPOLLIN, 1);
	nested_control("the other way", inner, EPOLL_CTL_ADD, instance, EPOLLIN, 1);
	events_say("nothing");
	nested_control("a socket", inner, EPOLL_CTL_ADD, ends[1], EPOLLIN, 2);
	events_say("nothing");
	send(ends[0], "one", 3, 0);
	events_say("the inner one");
	events_say("still");
	say_ready("the outer one", instance);
	say_received("recv", ends[1], 0, 9);
	events_say("nothing");
	say_ready("the outer one", instance);
	send(ends[0], "two", 3, 0);
	events_say("again");
	control("edges", EPOLL_CTL_MOD, inner, EPOLLIN | EPOLLET, 3);
	events_say("an edge");
	events_say("once");
	send(ends[0], "three", 5, 0);
	events_say("an edge");
	events_say("once");
	nested_control("edges within", inner, EPOLL_CTL_MOD, ends[1], EPOLLIN | EPOLLET, 4);
	events_say("an edge");
	say("inner", epoll_wait(inner, &(struct epoll_event){0}, 1, 0));
	say("inner, once", epoll_wait(inner, &(struct epoll_event){0}, 1, 0));
	control("levels", EPOLL_CTL_MOD, inner, EPOLLIN, 5);
	events_say("nothing");
	send(ends[0], "four", 4, 0);
	events_say("the inner one");
	control("once", EPOLL_CTL_MOD, inner, EPOLLIN | EPOLLONESHOT, 6);
	events_say("once");
	send(ends[0], "five", 4, 0);
	events_say("no more");
	control("exclusive", EPOLL_CTL_MOD, inner, EPOLLIN | EPOLLEXCLUSIVE, 7);
	control("delete", EPOLL_CTL_DEL, inner, 0, 0);
	control("exclusive", EPOLL_CTL_ADD, inner, EPOLLIN | EPOLLEXCLUSIVE, 7);
	control("add", EPOLL_CTL_ADD, inner, EPOLLIN | EPOLLOUT, 8);
	events_say("nothing, as edges go");
	nested_control("modify", inner, EPOLL_CTL_MOD, ends[1], EPOLLIN, 4);
	events_say("the inner one");
	nested_control("delete the socket", inner, EPOLL_CTL_DEL, ends[1], 0, 0);
	events_say("nothing");
	nested_control("add the socket", inner, EPOLL_CTL_ADD, ends[1], EPOLLIN, 4);
	events_say("the inner one");
	close(ends[1]);
	events_say("the socket is closed");
	close(inner);
	events_say("the inner one is closed");
	control("delete what is closed", EPOLL_CTL_DEL, inner, 0, 0);
	close(ends[0]);
	close(instance);

	for (int i = 0; i < 3; i++)
		loop[i] = epoll_create1(0);
	nested_control("a chain", loop[0], EPOLL_CTL_ADD, loop[1], EPOLLIN, 0);
	nested_control("a chain", loop[1], EPOLL_CTL_ADD, loop[2], EPOLLIN, 0);
	nested_control("a loop", loop[2], EPOLL_CTL_ADD, loop[0], EPOLLIN, 0);
	nested_control("two ways to the same", loop[0], EPOLL_CTL_ADD, loop[2], EPOLLIN, 0);
	nested_control("cut", loop[1], EPOLL_CTL_DEL, loop[2], EPOLLIN, 0);
	close(loop[0]);
	nested_control("no loop any more", loop[2], EPOLL_CTL_ADD, loop[1], EPOLLIN, 0);
	close(loop[1]);
	close(loop[2]);
	for (int down = 0; down < 2; down++) {
		for (int i = 0; i < 7; i++)
			levels[i] = epoll_create1(0);
		for (int i = 0; i < 6; i++)
			nested_control("levels", levels[down ? i : i + 1], EPOLL_CTL_ADD, levels[down ? i + 1 : i], EPOLLIN, 0);
		for (int i = 0; i < 7; i++)
			close(levels[i]);
	}
}

void many(void)
{
	static struct pollfd polls[MANY * 2 + 2];
	int ends[MANY][2], most = 0;
	fd_set in, out, error;

	for (int i = 0; i < MANY; i++) {
		pair(ends[i]);
		polls[2 * i] = (struct pollfd){.fd = ends[i][0], .events = POLLIN};
		polls[2 * i + 1] = (struct pollfd){.fd = ends[i][1], .events = i % 3 ? POLLIN : POLLIN | POLLOUT};
		if (i % 5 == 1)
			send(ends[i][0], "x", 1, 0);
		most = ends[i][1] > most ? ends[i][1] : most;
	}
	polls[2 * MANY] = (struct pollfd){.fd = -5, .events = POLLIN, .revents = 99};
	polls[2 * MANY + 1] = (struct pollfd){.fd = 999, .events = POLLIN};
	settle();
	say("poll many", poll(polls, 2 * MANY + 2, 0));
	for (int i = 0; i < 20; i++)
		printf(" %x", polls[i].revents);
	printf(" and %x %x\n", polls[2 * MANY].revents, polls[2 * MANY + 1].revents);
	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_ZERO(&error);
	for (int i = 0; i < MANY; i++) {
		FD_SET(ends[i][1], &in);
		FD_SET(ends[i][0], &error);
		if (i % 2)
			FD_SET(ends[i][0], &out);
	}
	say("select many", select(most + 1, &in, &out, &error, &(struct timeval){0}));
	for (int i = 0; i < 12; i++)
		printf(" %d%d%d", !!FD_ISSET(ends[i][1], &in), !!FD_ISSET(ends[i][0], &out), !!FD_ISSET(ends[i][0], &error));
	printf("\n");
	say("none", poll(polls, 0, 0));
	for (int i = 0; i < MANY; i++)
		unpair(ends[i]);
	settle();
	say("poll the closed", poll(polls, 3, 0));
	printf("  %x %x %x\n", polls[0].revents, polls[1].revents, polls[2].revents);
	FD_ZERO(&in);
	FD_SET(ends[0][0], &in);
	say("select the closed", select(ends[0][0] + 1, &in, NULL, NULL, &(struct timeval){0}));
	say("select a negative count", select(-1, &in, NULL, NULL, &(struct timeval){0}));
	say("select a negative time", select(0, NULL, NULL, NULL, &(struct timeval){.tv_sec = -1}));
}
