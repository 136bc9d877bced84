/* SPDX-License-Identifier: ISC */
/*
 * end.c -- how a guest ends: by exiting, by breaking a rule, or because another thread ends it
 *
 * Only the thread that runs the guest calls the end hooks. Any other sets
 * guest_is_ending, prints its message, sets guest_is_over and interrupts the
 * thread that runs the guest.
 */
#include <stdarg.h>
#include <unistd.h>

#include "monitor.h"

volatile bool guest_is_ending, guest_is_over;

/* returns unless another thread is already ending the guest and prints the reason */
static void end_begin(void)
{
	while (guest_is_ending) {
		if (guest_is_over)
			guest_stop();
		spin_pause();
	}
}

void guest_exit(int status)
{
	end_begin();
	hooks_end(status);
	_exit(status);
}

int64_t host_exit(uint64_t status)
{
	guest_exit((int)(status & 0xff));
}

int64_t host_abort(void)
{
	guest_end("solo5_abort() called");
}

void guest_stop(void)
{
	hooks_end(-1);
	_exit(255);
}

void guest_end(const char *format, ...)
{
	va_list args;

	end_begin();
	va_start(args, format);
	message_write(MESSAGE_ABORT, format, args);
	va_end(args);
	guest_stop();
}
