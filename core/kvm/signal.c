/* SPDX-License-Identifier: ISC */
/* signal.c -- signals that interrupt the guest: KVM_RUN ends when one is delivered */
#include <signal.h>

#include "core.h"

/* that it ends a system call is all */
static void interrupted(int number)
{
	(void)number;
}

void signal_interrupts(int number, int flags)
{
	const struct sigaction action = {.sa_handler = interrupted, .sa_flags = flags};

	if (sigaction(number, &action, NULL))
		fail("signal %d:", number);
}
