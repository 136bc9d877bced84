/* SPDX-License-Identifier: ISC */
/* unserved.c -- makes calls that no guest has, each of which fails with ENOSYS */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static void *thread(void *argument)
{
	return argument;
}

/* errno of a call that failed, 0 of one that did not */
static int error_of(long result)
{
	return result == -1 ? errno : 0;
}

int main(void)
{
	char *words[] = {"program", NULL};
	pthread_t id;

	printf("fork: %d\n", error_of(fork()));
	printf("execv: %d\n", error_of(execv("/program", words)));
	printf("pthread_create: %d\n", pthread_create(&id, NULL, thread, NULL));
	printf("socket: %d\n", error_of(socket(AF_INET, SOCK_STREAM, 0)));
	printf("syscall: %d\n", error_of(syscall(SYS_getpid)));
	if (!dlopen("nothing", RTLD_NOW))
		printf("dlopen: %s\n", dlerror());
	return 0;
}
