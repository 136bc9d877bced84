/* SPDX-License-Identifier: ISC */
/* wait.c -- the guest sleeps here until a deadline or until a device has something for it */
#include <errno.h>
#include <poll.h>

#include "monitor.h"

enum { WAITS_MAX = 64 };        /* a ready set has that many bits */

static struct pollfd waits[WAITS_MAX];
static unsigned char handles[WAITS_MAX];
static unsigned wait_count;

void wait_add(int descriptor, unsigned handle)
{
	if (wait_count == WAITS_MAX)
		fail("more than %d descriptors to wait for", WAITS_MAX);
	waits[wait_count] = (struct pollfd){.fd = descriptor, .events = POLLIN};
	handles[wait_count++] = (unsigned char)handle;
}

/* deadline is on the guest's monotonic clock; one in the past polls */
int64_t host_yield(uint64_t deadline, uint64_t *ready)
{
	for (;;) {
		uint64_t now = time_now(), left = deadline > now ? deadline - now : 0;
		struct timespec timeout = {(time_t)(left / 1000000000), (long)(left % 1000000000)};
		int events = ppoll(waits, wait_count, &timeout, NULL);

		if (events < 0 && errno == EINTR)
			continue;
		*ready = 0;
		for (unsigned i = 0; events > 0 && i < wait_count; i++)
			if (waits[i].revents)
				*ready |= 1ul << handles[i];
		return RESULT_OK;
	}
}
