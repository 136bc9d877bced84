/* SPDX-License-Identifier: ISC */
/*
 * descriptor.c -- file descriptors with numbers that are constants of this build
 *
 * The filter can then say which descriptor a system call may use. The numbers
 * begin at FD_FIRST; what the monitor inherits must lie below.
 */
#include <fcntl.h>
#include <unistd.h>

#include "monitor.h"

void descriptor_place(int descriptor, int number)
{
	if (descriptor == number)
		return;
	if (fcntl(number, F_GETFD) >= 0)
		fail("descriptor %d is in use; inherited descriptors must be below %d", number, FD_FIRST);
	if (dup3(descriptor, number, O_CLOEXEC) < 0)
		fail("descriptor %d (see ulimit -n):", number);
	close(descriptor);
}
