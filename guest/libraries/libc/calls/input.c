/* SPDX-License-Identifier: ISC */
/* input.c -- the appliance's standard input as an open file, in programs that name stdin, or call read or poll */
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <uk.h>

#include "clock.h"
#include "descriptor.h"
#include "signals_outside.h"

static long input_read(struct file *file, const struct iovec *parts, int count)
{
	size_t size;
	int signal;

	while (count && !parts->iov_len) {
		parts++;
		count--;
	}
	if (!count)
		return 0;
	while (uk_console_read(parts->iov_base, parts->iov_len, &size) == SOLO5_R_AGAIN) {
		if (file->flags & O_NONBLOCK)
			return -EAGAIN;
		signal = clock_wait(CLOCK_NEVER);
		if (signal != SIGNALS_NONE)
			return signal == SIGNALS_INTERRUPT ? -EINTR : -ERESTART;
	}
	return (long)size;
}

static unsigned input_ready(struct file *file)
{
	size_t none;

	(void)file;
	return uk_console_read(NULL, 0, &none) == SOLO5_R_AGAIN ? 0 : POLLIN;
}

static const struct kind input = {
	.mode = S_IFCHR | 0620,
	.read = input_read,
	.ready = input_ready,
};

hidden struct file guest_console_input = {.kind = &input, .flags = O_RDONLY};
