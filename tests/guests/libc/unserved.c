/* SPDX-License-Identifier: ISC */
/* unserved.c -- makes unserved calls, each of which fails with ENOSYS */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
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
	int ends[2];
	pthread_t id;

	printf("fork: %d\n", error_of(fork()));
	printf("vfork: %d\n", error_of(vfork()));
	printf("system: %d\n", error_of(system("true")));
	printf("popen: %d\n", error_of(popen("true", "r") ? 0 : -1));
	printf("pipe: %d\n", error_of(pipe(ends)));
	printf("eventfd: %d\n", error_of(eventfd(0, 0)));
	printf("timerfd_create: %d\n", error_of(timerfd_create(CLOCK_MONOTONIC, 0)));
	printf("inotify_init: %d\n", error_of(inotify_init()));
	printf("shmget: %d\n", error_of(shmget(1, 1, 0)));
	printf("mq_open: %d\n", error_of(mq_open("/queue", O_RDONLY)));
	printf("ptrace: %d\n", error_of(ptrace(PTRACE_TRACEME)));
	printf("mount: %d\n", error_of(mount("", "", "", 0, "")));
	printf("chroot: %d\n", error_of(chroot("/")));
	printf("execv: %d\n", error_of(execv("/program", words)));
	printf("pthread_create: %d\n", pthread_create(&id, NULL, thread, NULL));
	printf("socket: %d\n", error_of(socket(AF_INET, SOCK_STREAM, 0)));
	printf("syscall: %d\n", error_of(syscall(SYS_getpid)));
	if (!dlopen("nothing", RTLD_NOW))
		printf("dlopen: %s\n", dlerror());
	return 0;
}
