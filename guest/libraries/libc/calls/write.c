/* SPDX-License-Identifier: ISC */
/* write.c -- writes to the file of a descriptor */
#include <fcntl.h>
#include <limits.h>

#include "descriptor.h"
#include "signals_outside.h"

static long write_once(long descriptor, const struct iovec *parts, long count)
{
	struct file *file;

	signals_look();
	file = descriptor_file(descriptor);
	if (!file || (file->flags & O_ACCMODE) == O_RDONLY)
		return -EBADF;
	if (count < 0 || count > IOV_MAX)
		return -EINVAL;
	return file->kind->write ? file->kind->write(file, parts, (int)count) : -EINVAL;
}

long guest_sys_writev(long descriptor, const struct iovec *parts, long count)
{
	return RESTARTING(write_once(descriptor, parts, count));
}

long guest_sys_write(long descriptor, const void *bytes, size_t size)
{
	struct iovec part = {(void *)bytes, size};

	return guest_sys_writev(descriptor, &part, 1);
}
