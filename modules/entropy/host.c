/* SPDX-License-Identifier: ISC */
/*
 * entropy/host.c -- fills the guest's buffer from the host's generator
 *
 * The guest never continues with an unfilled buffer, which might become a key.
 */
#include "core.h"

#include <errno.h>
#include <sys/random.h>

int64_t host_random(uint8_t *data, uint64_t size)
{
	while (size) {
		ssize_t length = getrandom(data, size, 0);

		if (length < 0 && errno == EINTR)
			continue;
		if (length <= 0)
			guest_end("getrandom: %m");
		data += length;
		size -= (uint64_t)length;
	}
	return RESULT_OK;
}
