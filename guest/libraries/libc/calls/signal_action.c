/* SPDX-License-Identifier: ISC */
/* signal_action.c -- sets the action of a signal, including SIGTERM and SIGINT from outside */
#include <errno.h>

#include "signals.h"

long guest_sys_rt_sigaction(long number, const struct k_sigaction *new, struct k_sigaction *old)
{
	if (number < 1 || number > SIGNALS || (new && signal_bit((int)number) & signals_unblockable()))
		return -EINVAL;
	/* signals that came before this call */
	guest_stop_look();
	guest_signals_look();
	if (old)
		*old = signal_actions[number - 1];
	if (new)
		signal_actions[number - 1] = *new;
	return 0;
}
