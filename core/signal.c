/* SPDX-License-Identifier: ISC */
/*
 * signal.c -- dispositions of signals: as in any program, except that SIGUSR1 never ends an appliance
 *
 * Handlers run on the thread that runs the guest, at any point: all other
 * threads block all signals. A handler may call message, make system calls and
 * change variables that only it uses. No signal interrupts it.
 */
#include <errno.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "monitor.h"

enum { SIGNALS = 32 };

static void (*handlers[SIGNALS])(const siginfo_t *);

/* the kernel's own structure: the C library's function for it brings locks, 1.5 KB in all */
struct action {
	union {
		void (*handler)(int, siginfo_t *, void *);
		void (*disposition)(int);       /* SIG_DFL, SIG_IGN */
	};
	unsigned long flags;
	void (*restorer)(void);
	uint64_t mask;
};

void signal_handler_set(int number, void (*handler)(int, siginfo_t *, void *), int flags, void (*restorer)(void))
{
	const struct action action = {
		.handler = handler,
		.flags = (unsigned long)flags | SA_SIGINFO,
		.restorer = restorer,
		.mask = UINT64_MAX,
	};

	if (syscall(SYS_rt_sigaction, number, &action, NULL, sizeof(action.mask)))
		fail("signal %d:", number);
}

void signal_came(const siginfo_t *info)
{
	int error = errno;

	if (info->si_signo < SIGNALS && handlers[info->si_signo])
		handlers[info->si_signo](info);
	errno = error;
}

void signal_on(int number, void (*handler)(const siginfo_t *), int flags)
{
	handlers[number] = handler;
	signal_interrupts(number, flags);
}

bool signal_is_ignored(int number)
{
	struct action action = {0};

	return !syscall(SYS_rt_sigaction, number, NULL, &action, sizeof(action.mask)) && action.disposition == SIG_IGN;
}

static void signal_ignore(int number)
{
	static struct action ignore;    /* a constant would take room in the file */

	ignore.disposition = SIG_IGN;
	syscall(SYS_rt_sigaction, number, &ignore, NULL, sizeof(ignore.mask));
}

static void counters_missing(const siginfo_t *info)
{
	(void)info;
	message("SIGUSR1: this appliance has no counters");
}

void signal_ends(const siginfo_t *info)
{
	_exit(128 + info->si_signo);
}

/* the filter stops a call, and the kernel makes it a signal: a container's filter, too, may do so */
static void call_stopped(const siginfo_t *info)
{
	/* another process may send it, too */
	if (info->si_code > 0)
		message(MESSAGE_ABORT "the filter stopped system call %d; see type=1326 in the kernel's log", info->si_syscall);
	signal_ends(info);
}

void signals_default(void)
{
	/* the system call fails instead, with EPIPE, or EFBIG beyond the limit on file sizes (ulimit -f) */
	signal_ignore(SIGPIPE);
	signal_ignore(SIGXFSZ);
	signal_on(SIGUSR1, counters_missing, SA_RESTART);
	/* only in this thread: others block all signals, and the kernel kills the process */
	signal_on(SIGSYS, call_stopped, 0);
	/* the first process of a PID namespace gets only signals that it handles: pid_namespaces(7); the C library knows its thread's ID */
	if (gettid() == 1) {
		signal_on(SIGTERM, signal_ends, SA_RESTART);
		signal_on(SIGINT, signal_ends, SA_RESTART);
	}
}
