/* SPDX-License-Identifier: ISC */
/* console/host.c -- copies the guest's text to standard output */
#include "core.h"

#include <errno.h>
#include <unistd.h>

/* Best effort, as solo5.h promises: what standard output refuses for good is lost. */
int64_t host_console_write(const uint8_t *text, uint64_t size)
{
	while (size) {
		ssize_t written = write(STDOUT_FILENO, text, size);

		if (written < 0) {
			if (errno == EINTR)
				continue;
			break;
		}
		text += written;
		size -= (uint64_t)written;
	}
	return RESULT_OK;
}
