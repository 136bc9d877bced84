/* SPDX-License-Identifier: ISC */
/* families/connections.c -- connections: their ends, ports, errors and time limits */
#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include "families.h"

void shutdowns(void)
{
	static const char *const ways[] = {"in", "out", "both"};
	int ends[2], one;

	for (int how = SHUT_RD; how <= SHUT_RDWR; how++) {
		pair(ends);
		setsockopt(ends[1], IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
		send(ends[1], "before", 6, 0);
		settle();
		printf("%s\n", ways[how]);
		say("shutdown", shutdown(ends[0], how));
		say_ready("it", ends[0]);
		say_received("what came before", ends[0], MSG_DONTWAIT, 50);
		say("the peer sends", send(ends[1], "after", 5, MSG_NOSIGNAL));
		say_ready("it", ends[0]);
		say_received("what came after", ends[0], MSG_DONTWAIT, 50);
		say("sends", send(ends[0], "more", 4, 0));
		say("signals", pipes);
		say_ready("the peer", ends[1]);
		say_received("the peer", ends[1], MSG_DONTWAIT, 50);
		say_received("the peer", ends[1], MSG_DONTWAIT, 50);
		say("the peer sends", send(ends[1], "again", 5, MSG_NOSIGNAL));
		settle();
		say("again", shutdown(ends[0], how));
		say("otherwise", shutdown(ends[0], SHUT_RDWR));
		say_ready("it", ends[0]);
		say_error("its error", ends[0]);
		close(ends[1]);
		say_ready("it, after the peer's end", ends[0]);
		say("once more", shutdown(ends[0], how));
		close(ends[0]);

		one = listener_new(PORT + 1, 5);
		printf("a listener, %s\n", ways[how]);
		fcntl(one, F_SETFL, O_NONBLOCK);
		say("shutdown", shutdown(one, how));
		say_ready("it", one);
		say("accept", accept(one, NULL, NULL));
		ends[0] = new(SOCK_STREAM);
		say("connect", connect_here(ends[0], PORT + 1));
		close(ends[0]);
		settle();
		say("again", shutdown(one, how));
		say("listen again", listen(one, 5));
		ends[0] = new(SOCK_STREAM);
		say("connect", connect_here(ends[0], PORT + 1));
		close(ends[0]);
		close(one);
	}
}

void ends_of_connections(void)
{
	struct linger hard = {.l_onoff = 1};
	int ends[2];

	pair(ends);
	send(ends[0], "half", 4, 0);
	shutdown(ends[0], SHUT_WR);
	settle();
	say_ready("half-closed", ends[1]);
	say_received("half-closed", ends[1], 0, 50);
	say_received("its end", ends[1], 0, 50);
	say_received("its end again", ends[1], 0, 50);
	for (int i = 0; i < 3; i++) {
		say("it is answered", send(ends[1], "answer", 6, 0));
		settle();
		say_received("the answer", ends[0], 0, 50);
	}
	close(ends[1]);
	say_ready("its other end", ends[0]);
	say_received("its other end", ends[0], 0, 50);
	close(ends[0]);

	pair(ends);
	setsockopt(ends[1], SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	send(ends[1], "lost", 4, 0);
	settle();
	close(ends[1]);
	say_ready("reset", ends[0]);
	say("SIGPIPE before", pipes);
	say_received("what came before the reset", ends[0], 0, 50);
	say_received("and then", ends[0], 0, 50);
	say("send", send(ends[0], "x", 1, 0));
	say("SIGPIPE", pipes);
	say("write", write(ends[0], "x", 1));
	say("writev", writev(ends[0], &(struct iovec){"x", 1}, 1));
	say("sendmsg", sendmsg(ends[0], &(struct msghdr){.msg_iov = &(struct iovec){"x", 1}, .msg_iovlen = 1}, 0));
	say("SIGPIPE", pipes);
	say("MSG_NOSIGNAL", send(ends[0], "x", 1, MSG_NOSIGNAL));
	say("SIGPIPE", pipes);
	say_error("its error", ends[0]);
	say("connect again", connect_here(ends[0], PORT));
	close(ends[0]);

	/* reset before it was accepted */
	ends[0] = new(SOCK_STREAM);
	connect_here(ends[0], PORT);
	setsockopt(ends[0], SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	send(ends[0], "gone", 4, 0);
	settle();
	close(ends[0]);
	settle();
	fcntl(listener, F_SETFL, O_NONBLOCK);
	ends[1] = accept(listener, NULL, NULL);
	fcntl(listener, F_SETFL, 0);
	say("reset before it was accepted", ends[1] >= 0);
	say_ready("it", ends[1]);
	say_received("it", ends[1], MSG_DONTWAIT, 50);
	say_received("it", ends[1], MSG_DONTWAIT, 50);
	close(ends[1]);
}

void ports(void)
{
	int one = listener_new(PORT + 1, 5), two = new(SOCK_STREAM), ends[2];

	say("bind a taken one", bind_here(two, PORT + 1));
	setsockopt(two, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	say("while it listens, with leave", bind_here(two, PORT + 1));
	ends[0] = new(SOCK_STREAM);
	connect_here(ends[0], PORT + 1);
	ends[1] = accept(one, NULL, NULL);
	close(one);
	one = new(SOCK_STREAM);
	say("while it is connected", bind_here(one, PORT + 1));
	say("while it is connected, with leave", bind_here(two, PORT + 1));
	say("listen", listen(two, 1));
	close(two);
	two = new(SOCK_STREAM);
	close(ends[1]);
	settle();
	close(ends[0]);
	settle();
	say("after it has ended", bind_here(one, PORT + 1));
	setsockopt(two, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	say("after it has ended, with leave", bind_here(two, PORT + 1));
	say("listen", listen(two, 1));
	close(one);
	close(two);
	/* what a listener without leave has accepted, and closed first */
	one = new(SOCK_STREAM);
	say("another", bind_here(one, PORT + 5));
	listen(one, 5);
	ends[0] = new(SOCK_STREAM);
	connect_here(ends[0], PORT + 5);
	ends[1] = accept(one, NULL, NULL);
	close(one);
	close(ends[1]);
	settle();
	close(ends[0]);
	settle();
	one = new(SOCK_STREAM);
	setsockopt(one, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	say("after an end without leave, with leave", bind_here(one, PORT + 5));
	close(one);
	/* two that are bound, with leave: one may listen */
	one = new(SOCK_STREAM);
	two = new(SOCK_STREAM);
	setsockopt(one, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	setsockopt(two, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	say("one binds", bind_here(one, PORT + 2));
	say("the other binds", bind_here(two, PORT + 2));
	say("one listens", listen(one, 5));
	say("the other listens", listen(two, 5));
	close(one);
	close(two);
	one = new(SOCK_STREAM);
	say("a client's own port", bind_here(one, PORT + 3));
	say("connect", connect_here(one, PORT));
	two = new(SOCK_STREAM);
	say("the same port", bind_here(two, PORT + 3));
	setsockopt(two, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	say("the same port, with leave of one", bind_here(two, PORT + 3));
	close(accept(listener, NULL, NULL));
	settle();
	close(one);
	close(two);
}

void connects(void)
{
	int one = new(SOCK_STREAM), two;
	struct pollfd wait;

	fcntl(one, F_SETFL, O_NONBLOCK);
	say("connect", connect_here(one, PORT));
	wait = (struct pollfd){.fd = one, .events = POLLOUT};
	say("poll", poll(&wait, 1, 1000));
	say("  events", wait.revents);
	say_error("its error", one);
	say("again", connect_here(one, PORT));
	say("and again", connect_here(one, PORT));
	two = accept(listener, NULL, NULL);
	say("disconnect", connect(one, &(struct sockaddr){.sa_family = AF_UNSPEC}, sizeof(struct sockaddr)));
	say_ready("it", one);
	say_ready("its peer", two);
	say_received("its peer", two, MSG_DONTWAIT, 50);
	close(two);
	say("connect once more", connect_here(one, PORT));
	settle();
	two = accept(listener, NULL, NULL);
	say("send", send(two, "new", 3, 0));
	settle();
	say_received("recv", one, 0, 50);
	close(one);
	close(two);
	one = new(SOCK_STREAM);
	fcntl(one, F_SETFL, O_NONBLOCK);
	say("refused", connect_here(one, PORT + 7));
	wait = (struct pollfd){.fd = one, .events = POLLIN | POLLOUT};
	say("poll", poll(&wait, 1, 1000));
	say("  events", wait.revents);
	say_received("recv tells", one, 0, 50);
	say_received("once", one, 0, 50);
	say("send", send(one, "x", 1, MSG_NOSIGNAL));
	say("connect", connect_here(one, PORT));
	settle();
	say("connect", connect_here(one, PORT));
	close(accept(listener, NULL, NULL));
	close(one);
	one = new(SOCK_STREAM);
	fcntl(one, F_SETFL, O_NONBLOCK);
	connect_here(one, PORT + 7);
	settle();
	say("refused, told by send", send(one, "x", 1, MSG_NOSIGNAL));
	say("and again", send(one, "x", 1, MSG_NOSIGNAL));
	say("connect tells", connect_here(one, PORT + 7));
	settle();
	say("and begins anew", connect_here(one, PORT + 7));
	close(one);
	/* refused, with a limit of time; and no answer */
	one = new(SOCK_STREAM);
	limited(one, SO_SNDTIMEO, 500);
	say("refused", connect_here(one, PORT + 7));
	close(one);
	one = new(SOCK_STREAM);
	say("a wrong port", connect_here(one, 0));
	say("another family", connect(one, &(struct sockaddr){.sa_family = AF_UNIX}, sizeof(struct sockaddr_storage)));
	say("a short name", connect(one, &(struct sockaddr){.sa_family = (sa_family_t)family}, 4));
	say("a name of one byte", connect(one, &(struct sockaddr){.sa_family = (sa_family_t)family}, 1));
	say("listen", listen(one, 1));
	say("connect", connect_here(one, PORT));
	close(one);
}

void limits(void)
{
	int ends[2];
	long start, sent, more;

	pair(ends);
	limited(ends[0], SO_SNDTIMEO, 100);
	sent = send(ends[0], bytes, sizeof(bytes), 0);
	for (int i = 0; i < 40 && (more = send(ends[0], bytes, sizeof(bytes), 0)) > 0; i++)
		sent += more;
	start = milliseconds();
	say("full", send(ends[0], "x", 1, 0));
	start = milliseconds() - start;
	printf("it took %s\n", start >= 99 && start < 2000 ? "its time" : "another time");
	say("not waiting", send(ends[0], "x", 1, MSG_DONTWAIT));
	for (long got = 0; got < sent; got += more) {
		more = recv(ends[1], bytes, sizeof(bytes), 0);
		if (more <= 0) {
			say("recv", more);
			break;
		}
	}
	say_ready("the empty", ends[0]);
	unpair(ends);
}
