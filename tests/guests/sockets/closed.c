/* SPDX-License-Identifier: ISC */
/* closed.c -- handlers that close or replace the descriptor of the call that they interrupt; it is its own peer, to run as a process, too */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include "internet.h"

enum { PORT = 7200, FULL = 7201, DATAGRAMS = 7202 };

enum { LONG = 12 << 20 };       /* bytes: more than any buffers hold */

#define SECOND_NAME "closed-second"

static char bytes[1 << 20];
static int listener, victim, other, drained = -1;

/* memory that a call may still believe to be its file's gets other bytes */
static void memory_reuse(void)
{
	for (size_t size = 16; size <= 4096; size += size / 4) {
		char *memory = malloc(size);

		if (memory)
			memset(memory, 0xa5, size);
	}
}

static void closes(int number)
{
	(void)number;
	close(victim);
	memory_reuse();
}

static void replaces(int number)
{
	(void)number;
	dup2(other, victim);
	while (drained >= 0 && recv(drained, bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
		;
	memory_reuse();
}

/* another file at the same number, perhaps in the same memory */
static void reopens(int number)
{
	(void)number;
	close(victim);
	victim = open(SECOND_NAME, O_RDONLY);
}

static void alarm_begin(int flags, void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
	struct itimerval once = {.it_value.tv_usec = 100000};

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &once, NULL);
}

static void pair(int ends[2])
{
	ends[0] = socket(AF_INET, SOCK_STREAM, 0);
	connect_to(ends[0], "127.0.0.1", PORT);
	ends[1] = accept(listener, NULL, NULL);
}

/* each handler, without and with SA_RESTART; what names victim, and other, which takes its place; both are closed at the end */
#define WAYS(name, prepare, call, clean) \
	do { \
		for (int way = 0; way < 4; way++) { \
			int ends[2], others[2]; \
			long result; \
			\
			pair(ends); \
			pair(others); \
			prepare; \
			alarm_begin(way & 1 ? SA_RESTART : 0, way & 2 ? replaces : closes); \
			result = call; \
			printf(way & 1 ? "%s, SA_RESTART, " : "%s, ", way & 2 ? "replaced" : "closed"); \
			say(name, result); \
			clean; \
			close(victim); \
			close(other); \
			for (int i = 0; i < 2; i++) { \
				close(ends[i]); \
				close(others[i]); \
			} \
		} \
	} while (0)

/* a connection with something to read takes the place of one without */
#define RECEIVES(name, call) \
	WAYS(name, (victim = ends[0], other = others[0], send(others[1], "other", 5, 0), settle()), call, (void)0)

static void receives(void)
{
	struct iovec part = {bytes, 16};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	RECEIVES("recv", recv(victim, bytes, 16, 0));
	RECEIVES("read", read(victim, bytes, 16));
	RECEIVES("readv", readv(victim, &part, 1));
	RECEIVES("recvmsg", recvmsg(victim, &message, 0));
	WAYS("recv MSG_WAITALL", (victim = ends[0], other = others[0], send(ends[1], "abc", 3, 0), settle()),
	     recvfrom(victim, bytes, 16, MSG_WAITALL, NULL, NULL), (void)0);
}

static int datagrams_at(int port)
{
	int socket_ = socket(AF_INET, SOCK_DGRAM, 0);

	bind_to(socket_, "127.0.0.1", port);
	return socket_;
}

static void datagram_send(int port)
{
	struct sockaddr_in name = at("127.0.0.1", port);

	sendto(other, "datagram", 8, 0, (struct sockaddr *)&name, sizeof(name));
	settle();
}

/* until the peer has told of all the room that it has; it may tell a quarter of a second late */
static void fill(int end)
{
	for (int none = 0; none < 12; settle())
		none = send(end, bytes, sizeof(bytes), MSG_DONTWAIT) > 0 ? 0 : none + 1;
}

static void sends(void)
{
	struct iovec part = {bytes, 16};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	WAYS("send", (victim = ends[0], other = others[0], fill(victim)), send(victim, bytes, 16, 0), (void)0);
	WAYS("write", (victim = ends[0], other = others[0], fill(victim)), write(victim, bytes, 16), (void)0);
	WAYS("sendmsg", (victim = ends[0], other = others[0], fill(victim)), sendmsg(victim, &message, 0), (void)0);
}

static int listener_at(int port, int backlog)
{
	int socket_ = socket(AF_INET, SOCK_STREAM, 0), yes = 1;

	setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	bind_to(socket_, "127.0.0.1", port);
	listen(socket_, backlog);
	return socket_;
}

static long accepts(void)
{
	int accepted = accept(victim, NULL, NULL);

	if (accepted < 0)
		return accepted;
	close(accepted);
	return 0;
}

static void connections(void)
{
	int clients[8], full, socket_;

	WAYS("accept", (victim = listener_at(FULL, 1), other = listener_at(FULL + 1, 1), socket_ = socket(AF_INET, SOCK_STREAM, 0),
	     connect_to(socket_, "127.0.0.1", FULL + 1)), accepts(), close(socket_));
	full = listener_at(FULL + 2, 1);
	for (int i = 0; i < 8; i++) {
		clients[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
		connect_to(clients[i], "127.0.0.1", FULL + 2);
	}
	settle();
	WAYS("connect", (victim = socket(AF_INET, SOCK_STREAM, 0), other = others[0]), connect_to(victim, "127.0.0.1", FULL + 2), (void)0);
	for (int i = 0; i < 8; i++)
		close(clients[i]);
	close(full);
}

static long select_victim(void)
{
	fd_set set;

	FD_ZERO(&set);
	FD_SET(victim, &set);
	return select(victim + 1, &set, NULL, NULL, NULL);
}

static void polls(void)
{
	struct pollfd wait = {.events = POLLIN};
	struct epoll_event event = {.events = EPOLLIN};
	int instance;

	RECEIVES("poll", (wait.fd = victim, poll(&wait, 1, -1)));
	RECEIVES("select", select_victim());
	/* the instance goes, and what it waits for */
	WAYS("epoll_wait", (victim = epoll_create1(0), other = epoll_create1(0), epoll_ctl(victim, EPOLL_CTL_ADD, ends[0], &event)),
	     epoll_wait(victim, &event, 1, -1), (void)0);
	WAYS("epoll_wait for it", (victim = ends[0], other = others[0], instance = epoll_create1(0),
	     epoll_ctl(instance, EPOLL_CTL_ADD, victim, &event)), epoll_wait(instance, &event, 1, -1),
	     (say("what is left", epoll_wait(instance, &event, 1, 0)), close(instance)));
}

static int file_make(const char *name)
{
	int file = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);

	if (write(file, bytes, sizeof(bytes)) != sizeof(bytes))
		exit(2);
	lseek(file, 0, SEEK_SET);
	return file;
}

/* one whose last use is its descriptor */
static int file_unnamed(void)
{
	int file = file_make("closed-first");

	unlink("closed-first");
	return file;
}

static void files(void)
{
	int file = -1;

	close(file_make(SECOND_NAME));
	WAYS("sendfile to it", (victim = ends[0], other = others[0], file = file_unnamed(), fill(victim)),
	     sendfile(victim, file, NULL, 16), (say("position", lseek(file, 0, SEEK_CUR)), close(file)));
	WAYS("sendfile of it", (victim = file_unnamed(), other = file_unnamed(), fill(ends[0]), drained = ends[1]),
	     sendfile(ends[0], victim, NULL, 16), say("position of the other", lseek(other, 0, SEEK_CUR)));
	drained = -1;
	/* a part is sent */
	for (int i = 0; i < 2; i++) {
		int ends[2];
		long sent = 0, got;

		pair(ends);
		victim = file_unnamed();
		if (ftruncate(victim, LONG))
			exit(2);
		alarm_begin(i ? SA_RESTART : 0, reopens);
		got = sendfile(ends[0], victim, NULL, LONG);
		sent += got > 0;
		say("sendfile of it, a part, reopened", sent);
		say("position of the new one", lseek(victim, 0, SEEK_CUR));
		close(victim);
		close(ends[0]);
		close(ends[1]);
	}
	unlink(SECOND_NAME);
}

int main(void)
{
	listener = listener_at(PORT, 8);
	receives();
	WAYS("recvfrom of datagrams", (victim = datagrams_at(DATAGRAMS), other = datagrams_at(DATAGRAMS + 1), datagram_send(DATAGRAMS + 1)),
	     recvfrom(victim, bytes, 16, 0, NULL, NULL), (void)0);
	sends();
	connections();
	polls();
	files();
	return 0;
}
