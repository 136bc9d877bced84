/* SPDX-License-Identifier: ISC */
/*
 * signals.h -- signals, as the calls that send, handle and wait for them share them
 *
 * What comes from outside, a request to stop or a timer, is looked for when the program
 * makes a call. A call that such a request ends uses these functions; a caller that
 * only looks in between includes signals_outside.h.
 */
#ifndef GUEST_SIGNALS_H
#define GUEST_SIGNALS_H

#include <features.h>
#include <stdint.h>

#include "interrupt.h"
#include "ksigaction.h"

enum { SIGNALS = 64 };

extern hidden struct k_sigaction signal_actions[SIGNALS];
extern hidden uint64_t signals_blocked, signals_pending;

static inline uint64_t signal_bit(int number)
{
	return 1ull << (number - 1);
}

/* no handler, no mask */
hidden uint64_t signals_unblockable(void);

/* runs the handlers of what is pending and not blocked; what a call that waits makes of it */
hidden int signals_deliver(void);

/* takes what came from outside, and delivers it; the same */
hidden int guest_signals_look(void);

/* another mask for a while; the one before */
hidden uint64_t guest_signals_swap(uint64_t mask);

/* mark what has come */
hidden void guest_stop_look(void);
hidden void guest_timer_look(void);

/* the monotonic time at which the next one comes */
hidden uint64_t guest_timer_next(void);

#endif
