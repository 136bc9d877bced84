/* SPDX-License-Identifier: ISC */
/* thread.c -- threads of the monitor beside the one that runs the guest */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "monitor.h"

enum { STACK_SIZE = 16 << 10 };

static pid_t process;           /* its first thread, which runs the guest, has the same number */

/* parameters of the thread being started, which has copied them once confined is set */
static struct {
	void (*function)(void);
	const struct filter *filter;
	volatile bool confined;
} start;

static _Noreturn void *begin(void *unused)
{
	void (*function)(void) = start.function;

	(void)unused;
	sandbox_confine(start.filter);
	start.confined = true;
	function();
	/* exiting would take system calls that its filter doesn't allow */
	for (;;)
		ppoll(NULL, 0, NULL, NULL);
}

void thread_start(void (*function)(void), const struct filter *filter)
{
	pthread_attr_t attributes;
	sigset_t all, before;
	pthread_t thread;

	process = getpid();
	signal_interrupts(SIGURG, 0);
	start.function = function;
	start.filter = filter;
	start.confined = false;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_SIZE);
	if ((errno = pthread_create(&thread, &attributes, begin, NULL)))
		fail("start a thread:");
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	while (!start.confined)
		sched_yield();
}

/* repeats the signal, since it may arrive just before the system call that it is to interrupt */
void thread_guest_end(const char *format, ...)
{
	const struct timespec pause = {.tv_nsec = 1000000};
	va_list args;

	guest_is_ending = true;
	va_start(args, format);
	message_write(MESSAGE_ABORT, format, args);
	va_end(args);
	guest_is_over = true;
	for (;;) {
		syscall(SYS_tgkill, process, process, SIGURG);
		ppoll(NULL, 0, &pause, NULL);
	}
}
