/* SPDX-License-Identifier: ISC */
/* families/sending.c -- what was sent, and is not acknowledged or held back */
#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "families.h"

static int unsent_of(int socket)
{
	int count = -1;

	say("TIOCOUTQ", ioctl(socket, TIOCOUTQ, &count));
	return count;
}

void unsent(void)
{
	int ends[2], one = new(SOCK_DGRAM), two = new(SOCK_STREAM);
	long all = 0, size;

	pair(ends);
	say("  of a new one", unsent_of(two));
	say("  of a datagram socket", unsent_of(one));
	unsent_of(listener);
	say("  of a connection", unsent_of(ends[0]));
	send(ends[0], "some", 4, 0);
	poll(NULL, 0, 300);
	say("  acknowledged", unsent_of(ends[0]));
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	for (; (size = send(ends[0], bytes, sizeof(bytes), 0)) > 0; all += size)
		settle();
	say("  of what the peer doesn't take", unsent_of(ends[0]) > 0);
	for (long got = -4; got < all; got += size)
		size = recv(ends[1], bytes, sizeof(bytes), 0);
	poll(NULL, 0, 300);
	say("  all taken", unsent_of(ends[0]));
	shutdown(ends[0], SHUT_RDWR);
	close(ends[1]);
	settle();
	say("  ended", unsent_of(ends[0]));
	close(ends[0]);
	close(one);
	close(two);
}

static void option_say(const char *what, int socket, int option, int value)
{
	int got = -1;

	say(what, setsockopt(socket, IPPROTO_TCP, option, &value, sizeof(value)));
	getsockopt(socket, IPPROTO_TCP, option, &got, &(socklen_t){sizeof(got)});
	printf("  %d\n", got);
}

static void received_say(const char *what, const int ends[2])
{
	settle();
	say_received(what, ends[1], MSG_DONTWAIT, 50);
}

static void send_held(const char *text, const char *what, const int ends[2])
{
	say("send", send(ends[0], text, strlen(text), 0));
	received_say(what, ends);
}

static void option_sends(const char *name, int option, int value, const int ends[2])
{
	option_say(name, ends[0], option, value);
	received_say("sent", ends);
}

void corks(void)
{
	int ends[2], one = new(SOCK_STREAM);
	long began;

	option_say("TCP_CORK of a new one", one, TCP_CORK, 5);
	option_say("TCP_USER_TIMEOUT of a new one", one, TCP_USER_TIMEOUT, 1234);
	option_say("negative", one, TCP_USER_TIMEOUT, -1);
	option_say("none", one, TCP_USER_TIMEOUT, 0);
	close(one);
	pair(ends);
	/* acknowledgements that are due */
	poll(NULL, 0, 300);
	option_say("TCP_CORK", ends[0], TCP_CORK, 1);
	send_held("one ", "held back", ends);
	send_held("two ", "held back", ends);
	option_sends("TCP_CORK", TCP_CORK, 0, ends);
	poll(NULL, 0, 300);
	option_say("TCP_CORK", ends[0], TCP_CORK, 1);
	began = milliseconds();
	say("send", send(ends[0], "three", 5, 0));
	say_received("after a while", ends[1], 0, 50);
	began = milliseconds() - began;
	say("of about 200 ms", began > 150 && began < 600);
	poll(NULL, 0, 300);
	send_held("four", "held back again", ends);
	option_sends("TCP_NODELAY", TCP_NODELAY, 1, ends);
	poll(NULL, 0, 300);
	send_held("five", "it is stronger", ends);
	say("shutdown", shutdown(ends[0], SHUT_WR));
	received_say("sent", ends);
	say_received("an end", ends[1], MSG_DONTWAIT, 50);
	unpair(ends);
	pair(ends);
	poll(NULL, 0, 300);
	setsockopt(ends[0], IPPROTO_TCP, TCP_CORK, &(int){1}, sizeof(int));
	for (int i = 0; i < 2; i++)
		send(ends[0], bytes, 100000, 0);
	for (long got = 0, size; got < 200000; got += size)
		size = recv(ends[1], bytes, sizeof(bytes), 0);
	say("much is sent", send(ends[0], "six", 3, 0));
	close(ends[0]);
	received_say("closed", ends);
	close(ends[1]);
}
