/* SPDX-License-Identifier: ISC */
/* interrupted.c -- signals while calls of sockets wait; it is its own peer, so that it runs as a process, too */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include "internet.h"

enum { PORT = 7100, FULL = 7101 };

static char bytes[1 << 20];
static int listener, ends[2], datagrams, instance;
static volatile sig_atomic_t handled;
static void (*volatile act)(void);      /* what the second signal's handler does: it ends the call that resumes after the first */

static void handler(int number)
{
	(void)number;
	if (++handled == 2 && act)
		act();
}

/* signals come from now on, again and again */
static void alarms_begin(int flags, void (*then)(void))
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
	struct itimerval often = {.it_interval.tv_usec = 60000, .it_value.tv_usec = 60000};

	handled = 0;
	act = then;
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
}

static void alarms_end(const char *what, long result)
{
	struct itimerval never = {0};
	int error = errno;

	setitimer(ITIMER_REAL, &never, NULL);
	errno = error;
	say(what, result);
}

/* a call without SA_RESTART, with it while its end comes from then, and with it and a limit of time */
#define WAYS(name, socket, limit, then, call) \
	do { \
		alarms_begin(0, NULL); \
		alarms_end(name, call); \
		alarms_begin(SA_RESTART, then); \
		alarms_end(name ", SA_RESTART", call); \
		limited(socket, limit, 10); \
		alarms_begin(SA_RESTART, NULL); \
		alarms_end(name ", SA_RESTART and a limit", call); \
		limited(socket, limit, 0); \
	} while (0)

static void limited(int socket, int option, int seconds)
{
	struct timeval time = {.tv_sec = seconds};

	setsockopt(socket, SOL_SOCKET, option, &time, sizeof(time));
}

static void stream_sends(void)
{
	send(ends[1], "some", 4, MSG_DONTWAIT);
}

static void stream_sends_more(void)
{
	send(ends[1], bytes, 100, MSG_DONTWAIT);
}

static void datagram_comes(void)
{
	struct sockaddr_in name = at("127.0.0.1", PORT);

	sendto(datagrams, "datagram", 8, MSG_DONTWAIT, (struct sockaddr *)&name, sizeof(name));
}

static void stream_takes(void)
{
	while (recv(ends[1], bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
		;
}

static int client;

static void client_comes(void)
{
	client = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	connect_to(client, "127.0.0.1", PORT);
}

static long accepts(void)
{
	int accepted = accept(listener, NULL, NULL);

	if (accepted < 0)
		return accepted;
	close(accepted);
	close(client);
	return 0;
}

static void receives(void)
{
	struct iovec part = {bytes, 16};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	WAYS("recv", ends[0], SO_RCVTIMEO, stream_sends, recv(ends[0], bytes, 16, 0));
	WAYS("read", ends[0], SO_RCVTIMEO, stream_sends, read(ends[0], bytes, 16));
	WAYS("recvmsg", ends[0], SO_RCVTIMEO, stream_sends, recvmsg(ends[0], &message, 0));
	WAYS("recvfrom of datagrams", datagrams, SO_RCVTIMEO, datagram_comes, recvfrom(datagrams, bytes, 16, 0, NULL, NULL));
	/* what has come counts */
	send(ends[1], "some", 4, 0);
	settle();
	alarms_begin(0, NULL);
	alarms_end("recv MSG_WAITALL", recv(ends[0], bytes, 100, MSG_WAITALL));
	alarms_begin(SA_RESTART, stream_sends_more);
	alarms_end("recv MSG_WAITALL, SA_RESTART", recv(ends[0], bytes, 100, MSG_WAITALL));
	alarms_begin(0, NULL);
	alarms_end("recv MSG_DONTWAIT", recv(ends[0], bytes, 16, MSG_DONTWAIT));
}

/* until the peer has told of all the room that it has; it may tell a quarter of a second late */
static void fill(void)
{
	for (int none = 0; none < 12; settle())
		none = send(ends[0], bytes, sizeof(bytes), MSG_DONTWAIT) > 0 ? 0 : none + 1;
}

/* alarms that come meanwhile are not the ones that are meant */
static long fill_and_send(void)
{
	sigset_t set, before;

	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	sigprocmask(SIG_BLOCK, &set, &before);
	fill();
	sigprocmask(SIG_SETMASK, &before, NULL);
	handled = 0;
	return send(ends[0], bytes, 1, 0);
}

static void sends(void)
{
	struct iovec much[16];

	WAYS("send", ends[0], SO_SNDTIMEO, stream_takes, fill_and_send());
	for (int i = 0; i < 16; i++) {
		stream_takes();
		settle();
		/* more than any buffers hold */
		much[i] = (struct iovec){bytes, sizeof(bytes)};
	}
	alarms_begin(0, NULL);
	alarms_end("send of much", writev(ends[0], much, 16) > 0);
}

/* to a listener that takes no more */
static long connects(int flags, int limit)
{
	int socket_ = socket(AF_INET, SOCK_STREAM, 0);
	long result;

	limited(socket_, SO_SNDTIMEO, limit);
	alarms_begin(flags, NULL);
	result = connect_to(socket_, "127.0.0.1", FULL);
	alarms_end("connect", result);
	fcntl(socket_, F_SETFL, O_NONBLOCK);
	say("and again", connect_to(socket_, "127.0.0.1", FULL));
	close(socket_);
	return result;
}

static void connections(void)
{
	int full = socket(AF_INET, SOCK_STREAM, 0), clients[8];

	bind_to(full, "127.0.0.1", FULL);
	listen(full, 1);
	for (int i = 0; i < 8; i++) {
		clients[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		connect_to(clients[i], "127.0.0.1", FULL);
	}
	settle();
	connects(0, 0);
	connects(SA_RESTART, 10);
	for (int i = 0; i < 8; i++)
		close(clients[i]);
	close(full);
}

static void polls(void)
{
	struct pollfd wait = {.fd = ends[0], .events = POLLIN};
	struct epoll_event event = {.events = EPOLLIN};
	fd_set set;
	sigset_t all;

	epoll_ctl(instance, EPOLL_CTL_ADD, ends[0], &event);
	for (int flags = 0;; flags = SA_RESTART) {
		alarms_begin(flags, NULL);
		alarms_end("epoll_wait", epoll_wait(instance, &event, 1, -1));
		alarms_begin(flags, NULL);
		alarms_end("epoll_wait with a limit", epoll_wait(instance, &event, 1, 10000));
		alarms_begin(flags, NULL);
		alarms_end("poll", poll(&wait, 1, -1));
		alarms_begin(flags, NULL);
		FD_ZERO(&set);
		FD_SET(ends[0], &set);
		alarms_end("select", select(ends[0] + 1, &set, NULL, NULL, NULL));
		if (flags)
			break;
	}
	sigfillset(&all);
	alarms_begin(0, NULL);
	alarms_end("epoll_pwait, blocked", epoll_pwait(instance, &event, 1, 200, &all));
	sigprocmask(SIG_BLOCK, &all, NULL);
	sigemptyset(&all);
	alarms_begin(0, NULL);
	alarms_end("epoll_pwait, unblocked", epoll_pwait(instance, &event, 1, 10000, &all));
	sigprocmask(SIG_SETMASK, &all, NULL);
	/* what is there comes first */
	stream_sends();
	settle();
	alarms_begin(0, NULL);
	alarms_end("epoll_wait, something", epoll_wait(instance, &event, 1, -1));
	recv(ends[0], bytes, 16, 0);
}

int main(void)
{
	listener = socket(AF_INET, SOCK_STREAM, 0);
	ends[0] = socket(AF_INET, SOCK_STREAM, 0);
	datagrams = socket(AF_INET, SOCK_DGRAM, 0);
	instance = epoll_create1(0);
	say("bind", bind_to(listener, "127.0.0.1", PORT));
	say("bind", bind_to(datagrams, "127.0.0.1", PORT));
	listen(listener, 8);
	say("connect", connect_to(ends[0], "127.0.0.1", PORT));
	ends[1] = accept(listener, NULL, NULL);
	receives();
	WAYS("accept", listener, SO_RCVTIMEO, client_comes, accepts());
	polls();
	connections();
	sends();
	return 0;
}
