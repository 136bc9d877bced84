/* SPDX-License-Identifier: ISC */
/*
 * signal.c -- signals, as far as one thread needs them: those that the program sends to itself
 *
 * A handler runs inside the call that sends its signal, or that unblocks it.
 * There are no threads, so that the mask is the program's.
 */
#include <errno.h>
#include <signal.h>
#include <solo5.h>
#include <stdint.h>

#include "ksigaction.h"

enum { SIGNALS = 64, SET_SIZE = 8, PROCESS = 1 };

static struct k_sigaction actions[SIGNALS];
static uint64_t blocked, pending;

static uint64_t bit_of(int number)
{
	return 1ull << (number - 1);
}

static uint64_t mask_of(const struct k_sigaction *action)
{
	return action->mask[0] | (uint64_t)action->mask[1] << 32;
}

/* no handler, no mask */
static uint64_t unblockable(void)
{
	return bit_of(SIGKILL) | bit_of(SIGSTOP);
}

/* what Linux does with a signal that has no handler */
static void default_do(int number)
{
	static const char ignored[] = {SIGCHLD, SIGCONT, SIGURG, SIGWINCH};
	static const char dumping[] = {SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS, SIGXCPU, SIGXFSZ};

	for (unsigned i = 0; i < sizeof(ignored); i++)
		if (ignored[i] == number)
			return;
	for (unsigned i = 0; i < sizeof(dumping); i++)
		if (dumping[i] == number)
			solo5_abort();
	/* as a shell tells of it */
	solo5_exit(128 + number);
}

static void pending_deliver(void);

static void handler_call(int number, const struct k_sigaction *action, uint64_t during)
{
	uint64_t before = blocked;
	siginfo_t info = {.si_signo = number, .si_code = SI_TKILL, .si_pid = PROCESS};

	blocked |= during;
	/* as Linux has it: of several signals, the handler of the last begins before that of the first has done anything */
	pending_deliver();
	if (action->flags & SA_SIGINFO)
		((void (*)(int, siginfo_t *, void *))action->handler)(number, &info, NULL);
	else
		action->handler(number);
	blocked = before;
}

static void signal_deliver(int number)
{
	struct k_sigaction action = actions[number - 1];
	uint64_t during = mask_of(&action) | (action.flags & SA_NODEFER ? 0 : bit_of(number));

	pending &= ~bit_of(number);
	if (action.handler == SIG_IGN)
		return;
	if (action.handler == SIG_DFL) {
		default_do(number);
		return;
	}
	if (action.flags & SA_RESETHAND)
		actions[number - 1].handler = SIG_DFL;
	handler_call(number, &action, during & ~unblockable());
}

static void pending_deliver(void)
{
	while (pending & ~blocked)
		signal_deliver(__builtin_ctzll(pending & ~blocked) + 1);
}

static long signal_send(long number)
{
	if (number < 0 || number > SIGNALS)
		return -EINVAL;
	if (number) {
		pending |= bit_of((int)number);
		pending_deliver();
	}
	return 0;
}

long guest_sys_tkill(long thread, long number)
{
	return thread == PROCESS ? signal_send(number) : -ESRCH;
}

/* 0 and -1 are groups that have no other process */
long guest_sys_kill(long process, long number)
{
	return process >= -1 && process <= PROCESS ? signal_send(number) : -ESRCH;
}

long guest_sys_rt_sigaction(long number, const struct k_sigaction *new, struct k_sigaction *old)
{
	if (number < 1 || number > SIGNALS || (new && bit_of((int)number) & unblockable()))
		return -EINVAL;
	if (old)
		*old = actions[number - 1];
	if (new)
		actions[number - 1] = *new;
	return 0;
}

long guest_sys_rt_sigprocmask(long how, const uint64_t *set, uint64_t *old)
{
	uint64_t before = blocked;

	if (set)
		switch (how) {
		case SIG_BLOCK:
			blocked |= *set;
			break;
		case SIG_UNBLOCK:
			blocked &= ~*set;
			break;
		case SIG_SETMASK:
			blocked = *set;
			break;
		default:
			return -EINVAL;
		}
	blocked &= ~unblockable();
	if (old)
		*old = before;
	pending_deliver();
	return 0;
}

long guest_sys_rt_sigpending(uint64_t *set)
{
	*set = pending;
	return 0;
}
