/* SPDX-License-Identifier: ISC */
/* stop.c -- the appliance's request to stop is the signal that it received */
#include <uk.h>

#include "signals.h"

void guest_stop_look(void)
{
	static int told;
	int number = told ? 0 : uk_stop_signal();

	if (!number)
		return;
	told = 1;
	signals_pending |= signal_bit(number);
}
