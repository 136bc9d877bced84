/* SPDX-License-Identifier: ISC */
/* duplicate.c -- duplicates descriptors; the flags of files and descriptors */
#include <fcntl.h>

#include "descriptor.h"
#include "lock.h"

/* flags that can be changed in an open file */
enum { FLAGS_SETTABLE = O_APPEND | O_NONBLOCK };

long guest_sys_dup(long descriptor)
{
	struct file *file = descriptor_file(descriptor);

	return file ? descriptor_add(file, 0, 0) : -EBADF;
}

long guest_sys_dup3(long descriptor, long as, long flags)
{
	struct file *file = descriptor_file(descriptor);

	if (!file || as < 0 || as >= guest_descriptors_count)
		return -EBADF;
	if (descriptor == as || flags & ~O_CLOEXEC)
		return -EINVAL;
	if (descriptor_file(as))
		descriptor_close(as);
	descriptor_set(as, file, flags);
	return as;
}

static long duplicate_from(struct file *file, unsigned long least, long flags)
{
	return least < (unsigned long)guest_descriptors_count ? descriptor_add(file, (int)least, flags) : -EINVAL;
}

long guest_sys_fcntl(long descriptor, long command, unsigned long argument)
{
	struct file *file = descriptor_file(descriptor);

	if (!file)
		return -EBADF;
	switch (command) {
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
		return duplicate_from(file, argument, command == F_DUPFD_CLOEXEC ? O_CLOEXEC : 0);
	/* stored for F_GETFD alone: no program can be executed */
	case F_GETFD:
		return (long)(guest_descriptors[descriptor] & FD_CLOEXEC);
	case F_SETFD:
		guest_descriptors[descriptor] = (uintptr_t)file | (argument & FD_CLOEXEC);
		return 0;
	case F_GETFL:
		return file->flags;
	case F_SETFL:
		file->flags = (file->flags & ~FLAGS_SETTABLE) | ((int)argument & FLAGS_SETTABLE);
		return 0;
	case F_GETLK:
	case F_SETLK:
	case F_SETLKW:
		return lock_record(file, command, (struct flock *)argument);
	}
	return -EINVAL;
}
