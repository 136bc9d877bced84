/* SPDX-License-Identifier: ISC */
/*
 * signal.c -- sends, blocks and delivers signals, for one thread
 *
 * A handler runs inside the call that sends the signal, unblocks it, or finds one
 * from outside. There is one thread, so the program has one mask.
 */
#include <errno.h>
#include <signal.h>
#include <solo5.h>

#include "process.h"
#include "signals.h"

struct k_sigaction signal_actions[SIGNALS];
uint64_t signals_blocked, signals_pending;

_Noreturn long guest_sys_exit_group(long status);

static uint64_t mask_of(const struct k_sigaction *action)
{
	return action->mask[0] | (uint64_t)action->mask[1] << 32;
}

uint64_t signals_unblockable(void)
{
	return signal_bit(SIGKILL) | signal_bit(SIGSTOP);
}

/* Linux's default action of a signal */
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
	/* as shells report it */
	guest_sys_exit_group(128 + number);
}

static void handler_call(int number, const struct k_sigaction *action, uint64_t during)
{
	uint64_t before = signals_blocked;
	siginfo_t info = {.si_signo = number, .si_code = SI_TKILL, .si_pid = PROCESS};

	signals_blocked |= during;
	/* as on Linux: of several pending signals, the handler of the last one runs first */
	signals_deliver();
	if (action->flags & SA_SIGINFO)
		((void (*)(int, siginfo_t *, void *))action->handler)(number, &info, NULL);
	else
		action->handler(number);
	signals_blocked = before;
}

/* what it means for a waiting call */
static int signal_deliver(int number)
{
	struct k_sigaction action = signal_actions[number - 1];
	uint64_t during = mask_of(&action) | (action.flags & SA_NODEFER ? 0 : signal_bit(number));

	signals_pending &= ~signal_bit(number);
	if (action.handler == SIG_IGN)
		return SIGNALS_NONE;
	if (action.handler == SIG_DFL) {
		default_do(number);
		return SIGNALS_NONE;
	}
	if (action.flags & SA_RESETHAND)
		signal_actions[number - 1].handler = SIG_DFL;
	handler_call(number, &action, during & ~signals_unblockable());
	return action.flags & SA_RESTART ? SIGNALS_RESTART : SIGNALS_INTERRUPT;
}

int signals_deliver(void)
{
	int strongest = SIGNALS_NONE;

	while (signals_pending & ~signals_blocked) {
		int made = signal_deliver(__builtin_ctzll(signals_pending & ~signals_blocked) + 1);

		if (made > strongest)
			strongest = made;
	}
	return strongest;
}

static long signal_send(long number)
{
	if (number < 0 || number > SIGNALS)
		return -EINVAL;
	if (number) {
		signals_pending |= signal_bit((int)number);
		signals_deliver();
	}
	return 0;
}

long guest_sys_tkill(long thread, long number)
{
	return thread == PROCESS ? signal_send(number) : -ESRCH;
}

/* 0 and -1 are groups with no other process */
long guest_sys_kill(long process, long number)
{
	return process >= -1 && process <= PROCESS ? signal_send(number) : -ESRCH;
}

long guest_sys_rt_sigprocmask(long how, const uint64_t *set, uint64_t *old)
{
	uint64_t before = signals_blocked;

	if (set)
		switch (how) {
		case SIG_BLOCK:
			signals_blocked |= *set;
			break;
		case SIG_UNBLOCK:
			signals_blocked &= ~*set;
			break;
		case SIG_SETMASK:
			signals_blocked = *set;
			break;
		default:
			return -EINVAL;
		}
	signals_blocked &= ~signals_unblockable();
	if (old)
		*old = before;
	signals_deliver();
	return 0;
}

long guest_sys_rt_sigpending(uint64_t *set)
{
	*set = signals_pending;
	return 0;
}
