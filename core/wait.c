/* SPDX-License-Identifier: ISC */
/* wait.c -- the guest sleeps here until a deadline or until a device has something for it */
#include <poll.h>
#include <unistd.h>

#include "monitor.h"

enum { WAITS_MAX = 8 };         /* one a module that wakes the guest */

static struct pollfd waits[WAITS_MAX];
static unsigned wait_count;

void wait_add(int event)
{
	if (wait_count == WAITS_MAX)
		fail("more than %d events to wait for", WAITS_MAX);
	waits[wait_count++] = (struct pollfd){.fd = event, .events = POLLIN};
}

/*
 * RESULT_OK at the deadline, on the guest's monotonic clock; RESULT_AGAIN before
 * it, if something woke the guest or a signal came: the guest then looks, and
 * comes back if there is nothing.
 */
int64_t host_yield(uint64_t deadline)
{
	uint64_t now = time_now(), left = deadline > now ? deadline - now : 0, count;
	struct timespec timeout = {(time_t)(left / 1000000000), (long)(left % 1000000000)};
	int events = ppoll(waits, wait_count, &timeout, NULL);

	if (events < 0)
		hooks_interrupt();
	if (!events)
		return RESULT_OK;
	for (unsigned i = 0; events > 0 && i < wait_count; i++)
		if (waits[i].revents && read(waits[i].fd, &count, sizeof(count)) < 0)
			guest_end("an event to wait for is gone");
	return RESULT_AGAIN;
}
