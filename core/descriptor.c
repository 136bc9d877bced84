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

int descriptor_inherited(const char *option, const char *device, const char *value)
{
	const char *digit = value + 1;
	int number = 0;

	for (; *digit >= '0' && *digit <= '9' && number < FD_FIRST; digit++)
		number = number * 10 + (*digit - '0');
	/* standard input, output and error have another use */
	if (digit == value + 1 || *digit || number <= STDERR_FILENO || number >= FD_FIRST)
		fail("--%s:%s=%s: not a descriptor; accepted are @%d to @%d", option, device, value,
		     STDERR_FILENO + 1, FD_FIRST - 1);
	return number;
}

bool descriptor_is_inherited(int descriptor)
{
	int flags = fcntl(descriptor, F_GETFD);

	return flags >= 0 && !(flags & FD_CLOEXEC);
}

void descriptors_close(unsigned first, unsigned last)
{
	if (syscall(SYS_close_range, first, last, 0))
		fail("close_range (this kernel must be Linux 5.9 or later):");
}
