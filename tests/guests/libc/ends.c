/* SPDX-License-Identifier: ISC */
/* ends.c -- ends in the way that its argument names */
#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void at_exit(void)
{
	puts("atexit");
	printf("ended");
}

static void leave(int number)
{
	(void)number;
	puts("SIGABRT");
	_exit(10);
}

static void stay(int number)
{
	(void)number;
	puts("SIGABRT");
}

int main(int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "";
	pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

	puts("begun");
	atexit(at_exit);
	if (!strcmp(word, "exit"))
		exit(7);
	if (!strcmp(word, "_exit"))
		_exit(8);
	if (!strcmp(word, "abort"))
		abort();
	if (!strcmp(word, "assert"))
		assert(word[0] == 'b');
	if (!strcmp(word, "SIGTERM"))
		raise(SIGTERM);
	if (!strcmp(word, "handler")) {
		signal(SIGABRT, leave);
		abort();
	}
	if (!strcmp(word, "caught")) {
		signal(SIGABRT, stay);
		abort();
	}
	if (!strcmp(word, "deadlock")) {
		pthread_mutex_lock(&mutex);
		pthread_mutex_lock(&mutex);
	}
	return 9;
}
