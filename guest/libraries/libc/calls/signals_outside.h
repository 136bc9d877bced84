/* SPDX-License-Identifier: ISC */
/*
 * signals_outside.h -- looks for signals from outside, in programs where something has a use for them
 *
 * Other libraries include it, too, so that it has nothing of musl's own.
 */
#ifndef GUEST_SIGNALS_OUTSIDE_H
#define GUEST_SIGNALS_OUTSIDE_H

#include <stdint.h>

#include "names.h"

#include "interrupt.h"

/* signals.h says what they do */
extern int guest_signals_look(void) __attribute__((__weak__, visibility("hidden")));
extern uint64_t guest_signals_swap(uint64_t mask) __attribute__((__weak__, visibility("hidden")));
extern uint64_t guest_timer_next(void) __attribute__((__weak__, visibility("hidden")));

static inline int signals_look(void)
{
	return guest_signals_look ? guest_signals_look() : SIGNALS_NONE;
}

#endif
