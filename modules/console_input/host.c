/* SPDX-License-Identifier: ISC */
/*
 * console_input/host.c -- reads standard input for the guest, never waiting for it
 *
 * Standard input may be shared with other programs, so its flags and terminal mode
 * are not changed. A read follows a poll that found input; if another process
 * takes that input in between, the guest waits in the read.
 */
#include "core.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "input.h"

enum { LOOKS_PER_SECOND = 100 };

static volatile struct console_input *shared;
static struct pollfd *place;

void console_input_setup(void)
{
	descriptor_place(STDIN_FILENO, FD_CONSOLE_INPUT);
	shared = shared_memory(&shared_console_input, sizeof(*shared));
	place = wait_place();
	counter_start();
	boot_info()->console_input.interval = counter_frequency() / LOOKS_PER_SECOND;
}

/* runs before and after each wait; true if the guest has something to read */
bool console_input_idle(void)
{
	bool wanted = shared && shared->state == INPUT_WANTED, came = wanted && place->fd >= 0 && place->revents;

	if (came)
		shared->state = INPUT_READY;
	*place = (struct pollfd){.fd = wanted && !came ? FD_CONSOLE_INPUT : -1, .events = POLLIN};
	return came;
}

static bool is_ready(void)
{
	struct pollfd poll = {.fd = FD_CONSOLE_INPUT, .events = POLLIN};

	return ppoll(&poll, 1, &(struct timespec){0, 0}, NULL) > 0;
}

/* a read of no bytes only checks whether there is input */
int64_t host_console_read(uint8_t *text, uint64_t size)
{
	ssize_t length;

	if (!is_ready())
		return CONSOLE_INPUT_AGAIN;
	length = size ? read(FD_CONSOLE_INPUT, text, size) : 0;
	if (length < 0 && (errno == EINTR || errno == EAGAIN))
		return CONSOLE_INPUT_AGAIN;
	/* an error counts as the end of input */
	return length < 0 ? 0 : length;
}
