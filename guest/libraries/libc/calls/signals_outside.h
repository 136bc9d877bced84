/* SPDX-License-Identifier: ISC */
/* signals_outside.h -- looks for signals from outside, in programs where something has a use for them */
#ifndef GUEST_SIGNALS_OUTSIDE_H
#define GUEST_SIGNALS_OUTSIDE_H

#include "signals.h"

extern hidden weak __typeof(guest_signals_look) guest_signals_look;
extern hidden weak __typeof(guest_signals_swap) guest_signals_swap;
extern hidden weak __typeof(guest_timer_next) guest_timer_next;

static inline int signals_look(void)
{
	return guest_signals_look ? guest_signals_look() : SIGNALS_NONE;
}

#endif
