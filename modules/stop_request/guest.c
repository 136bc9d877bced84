/* SPDX-License-Identifier: ISC */
/* stop_request/guest.c -- uk_stop_requested: reads the request that the monitor writes to guest memory */
#include "guest.h"
#include "uk.h"

uint32_t shared_stop_request;

static volatile uint32_t *const requested = &shared_stop_request;

bool uk_stop_requested(void)
{
	return *requested;
}

int uk_stop_signal(void)
{
	return (int)*requested;
}

/* once, so that a guest which ignores it can still sleep */
uint64_t stop_request_poll(void)
{
	static bool told;

	if (told || !*requested)
		return 0;
	told = true;
	return UK_READY_EVENT;
}
