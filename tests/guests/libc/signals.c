/* SPDX-License-Identifier: ISC */
/* signals.c -- receives SIGTERM in the way that its argument names, and prints the result; as a process it prints the same */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "say.h"

static volatile sig_atomic_t received;

static void handler(int number)
{
	received = number;
	/* handlers may call write, and nothing of stdio */
	if (write(1, "handler\n", 8) != 8)
		_exit(99);
}

static void handle(int number, int flags)
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = flags};

	sigaction(number, &action, NULL);
}

static void ready(void)
{
	puts("ready");
	fflush(stdout);
}

static void block(int number, sigset_t *before)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, number);
	sigprocmask(SIG_BLOCK, &set, before);
}

static void sleeps(void)
{
	struct timespec time = {.tv_sec = 1000}, left = {0};

	handle(SIGTERM, SA_RESTART);
	ready();
	SAY(nanosleep(&time, &left));
	HOLDS(received == SIGTERM && left.tv_sec >= 900 && left.tv_sec <= 1000);
}

static void reads(int flags)
{
	char bytes[16];
	ssize_t size;

	handle(SIGTERM, flags);
	ready();
	size = read(0, bytes, sizeof(bytes));
	printf("read: %zd %s\n", size, size < 0 ? strerror(errno) : "");
}

static void polls(void)
{
	struct pollfd input = {.fd = 0, .events = POLLIN};

	handle(SIGTERM, SA_RESTART);
	ready();
	SAY(poll(&input, 1, -1));
}

static void selects(void)
{
	sigset_t before;

	handle(SIGTERM, 0);
	block(SIGTERM, &before);
	ready();
	SAY(pselect(0, NULL, NULL, NULL, NULL, &before));
	HOLDS(received == SIGTERM);
}

static void suspends(void)
{
	sigset_t before;

	handle(SIGTERM, 0);
	block(SIGTERM, &before);
	ready();
	SAY(sigsuspend(&before));
	HOLDS(received == SIGTERM);
}

static void waits(void)
{
	sigset_t before, set;
	int number = 0;

	block(SIGTERM, &before);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	ready();
	SAY(sigwait(&set, &number));
	printf("signal %d\n", number);
}

static void works(void)
{
	struct timespec now;

	handle(SIGTERM, 0);
	ready();
	while (!received)
		clock_gettime(CLOCK_MONOTONIC, &now);
	puts("worked");
}

static void lives(void)
{
	handle(SIGUSR1, 0);
	ready();
	for (;;)
		pause();
}

static void ignores(void)
{
	char byte;

	signal(SIGTERM, SIG_IGN);
	ready();
	SAY(read(0, &byte, 1));
}

static void alarms(void)
{
	struct itimerval often = {.it_interval.tv_usec = 20000, .it_value.tv_usec = 20000}, bad = {.it_value.tv_usec = 1000000}, old;
	struct timespec now;
	sigset_t none, before;

	handle(SIGALRM, 0);
	SAY(alarm(100));
	SAY(alarm(0));
	SAY(setitimer(ITIMER_REAL, &bad, NULL));
	SAY(setitimer(77, &often, NULL));
	block(SIGALRM, &before);
	SAY(setitimer(ITIMER_REAL, &often, NULL));
	sigemptyset(&none);
	for (int i = 0; i < 3; i++)
		SAY(sigsuspend(&none));
	SAY(getitimer(ITIMER_REAL, &old));
	HOLDS(old.it_interval.tv_usec == 20000 && old.it_value.tv_sec == 0 && old.it_value.tv_usec <= 20000);
	memset(&often, 0, sizeof(often));
	SAY(setitimer(ITIMER_REAL, &often, &old));
	/* one that came meanwhile is forgotten */
	signal(SIGALRM, SIG_IGN);
	handle(SIGALRM, 0);
	sigprocmask(SIG_SETMASK, &before, NULL);
	received = 0;
	/* on a busy machine it must not come before the sleep */
	ualarm(500000, 0);
	SAY(sleep(10) > 5);
	received = 0;
	ualarm(20000, 0);
	while (!received)
		clock_gettime(CLOCK_MONOTONIC, &now);
	signal(SIGALRM, SIG_DFL);
	ualarm(20000, 0);
	sleep(10);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *word;
		void (*function)(void);
	} ways[] = {
		{"sleep", sleeps}, {"poll", polls}, {"pselect", selects}, {"sigsuspend", suspends}, {"sigwait", waits}, {"work", works},
		{"default", lives}, {"ignore", ignores}, {"alarm", alarms},
	};
	const char *word = argc > 1 ? argv[1] : "";

	/* as a guest's is: so that what was printed is there when a signal ends it */
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		if (!strcmp(word, ways[i].word))
			ways[i].function();
	if (!strcmp(word, "read"))
		reads(0);
	if (!strcmp(word, "restart"))
		reads(SA_RESTART);
	fflush(stdout);
	return 5;
}
