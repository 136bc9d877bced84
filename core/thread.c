/* SPDX-License-Identifier: ISC */
/*
 * thread.c -- threads of the monitor beside the one that runs the guest
 *
 * They are made without the C library's threads, which take 4 KB: nothing here
 * is ever joined, cancelled or ended before the process. The C library's wrappers of system
 * calls work in them, since all that these use by the thread pointer is errno.
 */
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "arch.h"
#include "monitor.h"

enum {
	GUARD = 4096,
	STACK_SIZE = 20 << 10,          /* with what is at its upper end: */
	LIBRARY_SIZE = 1024,            /* where the C library keeps errno, below or above the thread pointer, which is in the middle */
};

static pid_t process;           /* its first thread, which runs the guest, has the same number */

/* parameters of the thread being started, which has copied them once confined is set */
static struct {
	void (*function)(void);
	const struct filter *filter;
	volatile bool confined;
} start;

static int begin(void *unused)
{
	void (*function)(void) = start.function;

	(void)unused;
	sandbox_confine(start.filter);
	start.confined = true;
	function();
	/* exiting would take system calls that its filter doesn't allow */
	for (;;)
		ppoll(NULL, 0, NULL, NULL);
	return 0;
}

void thread_start(void (*function)(void), const struct filter *filter)
{
	uint8_t *stack = mmap(NULL, GUARD + STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	uint8_t *library = stack + GUARD + STACK_SIZE - LIBRARY_SIZE, *pointer = library + LIBRARY_SIZE / 2;
	sigset_t all, before;

	process = gettid();
	time_start();
	signal_interrupts(SIGURG, 0);
	start.function = function;
	start.filter = filter;
	start.confined = false;
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	if (stack == MAP_FAILED || mprotect(stack, GUARD, PROT_NONE))
		fail("start a thread:");
	arch_thread_pointer_fill(pointer);
	if (clone(begin, library, CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS,
	    NULL, NULL, pointer, NULL) < 0)
		fail("start a thread:");
	sigprocmask(SIG_SETMASK, &before, NULL);
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
