/* SPDX-License-Identifier: ISC */
/* yield.c -- sleeps until a deadline or a frame */
#include "guest.h"

void solo5_yield(solo5_time_t deadline, solo5_handle_set_t *ready_set)
{
	uint64_t ready = 0;

	hypercall_yield(deadline, &ready);
	if (ready_set)
		*ready_set = ready;
}
