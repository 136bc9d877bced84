/* SPDX-License-Identifier: ISC */
/* signals_look.c -- checks for signals from outside */
#include "signals.h"

extern hidden weak __typeof(guest_stop_look) guest_stop_look;
extern hidden weak __typeof(guest_timer_look) guest_timer_look;

uint64_t guest_signals_swap(uint64_t mask)
{
	uint64_t before = signals_blocked;

	signals_blocked = mask & ~signals_unblockable();
	return before;
}

int guest_signals_look(void)
{
	if (guest_stop_look)
		guest_stop_look();
	if (guest_timer_look)
		guest_timer_look();
	return signals_deliver();
}
