/* SPDX-License-Identifier: ISC */
/*
 * helper.c -- a process beside the monitor, for what no filter of the monitor lets through
 *
 * It shares the monitor's table of descriptors, so it can put a new file in an
 * old one's place, and shares no memory: of the guest's it hasn't even a copy. Who
 * takes over the monitor can only ask it for what it does anyway. It remains the
 * user that it is, and gives all else up that the monitor's threads do.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "memory.h"
#include "monitor.h"

/* pages that a fork copies on write would cost both processes each page that the guest touches */
static void guest_memory_keep(void)
{
	/* it fails where nothing is mapped in between, and goes on behind that */
	madvise(memory.base, memory.arrangement.top, MADV_DONTFORK);
}

static _Noreturn void helper_begin(void (*function)(void), const struct filter *filter, pid_t monitor, int number,
				   volatile bool *confined)
{
	int file = (int)syscall(SYS_pidfd_open, monitor, 0);
	sigset_t all;

	if (file < 0)
		fail("a helper needs pidfd_open (Linux 5.3):");
	descriptor_place(file, number);
	/* Ctrl-C is for the monitor */
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
	pid_t self = getpid();
	long child;

	guest_memory_keep();
	if (confined == MAP_FAILED || (child = syscall(SYS_clone, CLONE_FILES | SIGCHLD, NULL, NULL, NULL, NULL)) < 0)
		fail("start a helper:");
	if (!child)
		helper_begin(function, filter, self, monitor, confined);
	while (!*confined) {
		/* it has said why */
		if (waitpid((pid_t)child, NULL, WNOHANG))
			_exit(1);
		sched_yield();
	}
	munmap((void *)confined, sizeof(*confined));
}
