/* SPDX-License-Identifier: ISC */
/* yield.c -- sleeps until a deadline or an event of a device */
#include "guest.h"
#include "pause.h"

/* The modules poll their devices without an exit; only a guest with nothing to do exits. */
void solo5_yield(solo5_time_t deadline, solo5_handle_set_t *ready_set)
{
	solo5_handle_set_t ready = modules_poll();

	if (!ready && !deadline)
		processor_pause();
	while (!ready && deadline && hypercall_yield(deadline) == SOLO5_R_AGAIN)
		ready = modules_poll();
	if (ready_set)
		*ready_set = ready;
}
