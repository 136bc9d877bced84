/* SPDX-License-Identifier: ISC */
/*
 * descriptor.c -- file descriptors with numbers that are constants of this build
 *
 * So the filter can name the descriptor that a system call may use. The numbers
 * begin at FD_FIRST. main closes what was inherited there, and before the guest
 * runs all lower ones except standard output and error.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "monitor.h"

/*
 * A file that got the number of a closed standard descriptor would be used in its place.
 * poll finds all of these by one call. It fails only where no file can be opened either.
 */
void descriptors_complete(void)
{
	static struct pollfd standard[STDERR_FILENO + 1];
	static struct timespec now;

	standard[STDOUT_FILENO].fd = STDOUT_FILENO;
	standard[STDERR_FILENO].fd = STDERR_FILENO;
	ppoll(standard, STDERR_FILENO + 1, &now, NULL);
	for (struct pollfd *at = standard; at <= standard + STDERR_FILENO; at++)
		if (at->revents & POLLNVAL && open("/dev/null", O_RDWR) != at->fd)
			fail("descriptor %d is closed, and in its place /dev/null:", at->fd);
}

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
	/* 0, 1 and 2 are standard input, output and error */
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

/* closes those that /proc lists; false and errno if /proc isn't mounted */
static bool descriptors_close_each(unsigned first, unsigned last)
{
	int folder = open("/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	_Alignas(struct dirent) char entries[1024];
	long length;

	if (folder < 0)
		return false;
	while ((length = syscall(SYS_getdents64, folder, entries, sizeof(entries))) > 0)
		for (long at = 0; at < length; at += ((struct dirent *)(void *)(entries + at))->d_reclen) {
			const char *digit = ((struct dirent *)(void *)(entries + at))->d_name;
			unsigned number = 0;

			if (*digit == '.')
				continue;
			while (*digit)
				number = number * 10 + (unsigned)(*digit++ - '0');
			if (number >= first && number <= last && number != (unsigned)folder)
				close((int)number);
		}
	close(folder);
	return !length;
}

/* Kernels before Linux 5.9 and some containers' filters refuse close_range, with different errors. */
void descriptors_close(unsigned first, unsigned last)
{
	if (syscall(SYS_close_range, first, last, 0) && !descriptors_close_each(first, last))
		fail("close inherited descriptors: close_range is refused, and /proc/self/fd:");
}
