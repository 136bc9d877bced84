/* SPDX-License-Identifier: ISC */
/* futex.c -- waits for another thread: there is none, so only a timeout ends the wait */
#include <errno.h>
#include <solo5.h>
#include <stdint.h>

#include "clock.h"
#include "futex.h"

long guest_sys_nanosleep(const struct timespec *duration, struct timespec *left);

/* without a timeout it is a deadlock, which would otherwise go unnoticed */
static long wait(const volatile int *word, int value, const struct timespec *timeout)
{
	static const char message[] = "the program waits for itself: nobody can unlock what it locked\n";

	if (*word != value)
		return -EAGAIN;
	if (timeout) {
		long error = guest_sys_nanosleep(timeout, NULL);

		return error ? error : -ETIMEDOUT;
	}
	solo5_console_write(message, sizeof(message) - 1);
	solo5_abort();
}

long guest_sys_futex(const volatile int *word, long operation, long value, const struct timespec *timeout)
{
	switch (operation & ~FUTEX_PRIVATE) {
	case FUTEX_WAIT:
		return wait(word, (int)value, timeout);
	case FUTEX_WAKE:
		return 0;
	}
	return -ENOSYS;
}

/* the locks that a thread held when it ended: only other threads need them */
long guest_sys_set_robust_list(void)
{
	return 0;
}
