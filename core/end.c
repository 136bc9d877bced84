/* SPDX-License-Identifier: ISC */
/*
 * end.c -- the ways in which a guest ends: by itself, by what it must not do, or at another thread's word
 *
 * Only the thread that runs the guest calls the end hooks. Another thread sets
 * guest_is_ending, prints its message, then sets guest_is_over and interrupts
 * this one.
 */
#include <stdarg.h>
#include <unistd.h>

#include "monitor.h"

volatile bool guest_is_ending, guest_is_over;

/* returns unless another thread has ended the guest before, and says why */
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
	message_write(MESSAGE_ABORT, format, args, 0);
	va_end(args);
	guest_stop();
}
