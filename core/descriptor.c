/* SPDX-License-Identifier: ISC */
/*
 * descriptor.c -- file descriptors with numbers that are constants of this build
 *
 * The filter can then say which descriptor a system call may use. The numbers
 * begin at FD_FIRST; main has closed what was inherited there, and closes the
 * ones below, but for standard output and error, before the guest runs.
 */
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "monitor.h"

void descriptor_place(int descriptor, int number)
{
	if (descriptor == number)
		return;
	if (dup3(descriptor, number, O_CLOEXEC) < 0)
		fail("descriptor %d (see ulimit -n):", number);
	close(descriptor);
}

void descriptors_close(unsigned first, unsigned last)
{
	if (syscall(SYS_close_range, first, last, 0))
		fail("close_range (this kernel must be Linux 5.9 or later):");
}
