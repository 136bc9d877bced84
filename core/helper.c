/* SPDX-License-Identifier: ISC */
/*
 * helper.c -- a process beside the monitor, for system calls that no filter of the monitor allows
 *
 * It shares the monitor's descriptor table, so it can replace an open file, but
 * no memory; it doesn't even have a copy of the guest's. A monitor that was taken
 * over can only ask it for what it does anyway. It keeps its user ID, and gives up
 * everything else that the monitor's threads give up.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "machine/layout.h"
#include "memory.h"
#include "monitor.h"

/* otherwise fork would make each page that the guest touches cost a second copy */
static void guest_memory_keep(void)
{
	const struct arrangement *at = &memory.arrangement;

	/* reports the holes in between as an error, and advises the rest; a process has the low pages, and a small stack, among the monitor's */
	madvise(memory.base + LOW_ADDRESS, at->low_end - LOW_ADDRESS, MADV_DONTFORK);
	madvise(memory.base + IMAGE_ADDRESS, at->top - IMAGE_ADDRESS, MADV_DONTFORK);
}

static _Noreturn void helper_begin(void (*function)(void), const struct filter *filter, pid_t monitor, int number,
				   volatile bool *confined)
{
	int file = (int)syscall(SYS_pidfd_open, monitor, 0);
	sigset_t all;

	if (file < 0)
		fail("a helper needs pidfd_open (Linux 5.3):");
	descriptor_place(file, number);
	/* only the monitor gets the terminal's Ctrl-C */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	sandbox_confine_helper(filter);
	*confined = true;
	function();
	_exit(0);
}

void helper_start(void (*function)(void), const struct filter *filter, int monitor)
{
	volatile bool *confined = mmap(NULL, sizeof(*confined), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t self = gettid();
	long child;

	guest_memory_keep();
	if (confined == MAP_FAILED || (child = syscall(SYS_clone, CLONE_FILES | SIGCHLD, NULL, NULL, NULL, NULL)) < 0)
		fail("start a helper:");
	if (!child)
		helper_begin(function, filter, self, monitor, confined);
	while (!*confined) {
		/* it has printed the reason */
		if (waitpid((pid_t)child, NULL, WNOHANG))
			_exit(1);
		sched_yield();
	}
	munmap((void *)confined, sizeof(*confined));
}
