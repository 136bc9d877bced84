/* SPDX-License-Identifier: ISC */
/* signal_wait.c -- waits for signals */
#include <errno.h>
#include <signal.h>
#include <solo5.h>

#include "clock.h"
#include "signals.h"

/* a handler that ran ends it, whatever its flags */
long guest_sys_rt_sigsuspend(const uint64_t *mask)
{
	uint64_t before = signals_blocked;

	signals_blocked = *mask & ~signals_unblockable();
	guest_stop_look();
	while (guest_signals_look() == SIGNALS_NONE)
		if (clock_wait(CLOCK_NEVER) != SIGNALS_NONE)
			break;
	signals_blocked = before;
	signals_deliver();
	return -EINTR;
}

/* takes a pending signal of a set, normally of blocked ones, without running its handler */
long guest_sys_rt_sigtimedwait(const uint64_t *set, siginfo_t *info, const struct timespec *timeout)
{
	uint64_t end = CLOCK_NEVER, nanoseconds;

	if (timeout) {
		if (!clock_nanoseconds(timeout, &nanoseconds))
			return -EINVAL;
		end = solo5_clock_monotonic() + nanoseconds;
	}
	for (;;) {
		uint64_t blocked = signals_blocked;
		int looked, number;

		/* signals of the set are not delivered meanwhile */
		signals_blocked |= *set;
		guest_stop_look();
		looked = guest_signals_look();
		if (looked == SIGNALS_NONE && !(signals_pending & *set) && (end == CLOCK_NEVER || solo5_clock_monotonic() < end))
			looked = clock_wait(end);
		signals_blocked = blocked;
		if (signals_pending & *set) {
			number = __builtin_ctzll(signals_pending & *set) + 1;
			signals_pending &= ~signal_bit(number);
			if (info)
				*info = (siginfo_t){.si_signo = number};
			return number;
		}
		if (looked != SIGNALS_NONE)
			return -EINTR;
		if (end != CLOCK_NEVER && solo5_clock_monotonic() >= end)
			return -EAGAIN;
	}
}
