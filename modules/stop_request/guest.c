/* SPDX-License-Identifier: ISC */
/* stop_request/guest.c -- uk.h's request to stop, which the monitor writes into the guest's memory */
#include "guest.h"
#include "uk.h"

uint32_t shared_stop_request;

static volatile uint32_t *const requested = &shared_stop_request;

bool uk_stop_requested(void)
{
	return *requested;
}

/* once, so that a guest which does not look may still sleep */
uint64_t stop_request_poll(void)
{
	static bool told;

	if (told || !*requested)
		return 0;
	told = true;
	return UK_READY_EVENT;
}
