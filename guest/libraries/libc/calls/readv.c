/* SPDX-License-Identifier: ISC */
/* readv.c -- reads from the file of a descriptor */
#include <fcntl.h>
#include <limits.h>

#include "descriptor.h"
#include "signals_outside.h"

static long read_once(long descriptor, const struct iovec *parts, long count)
{
	int signal = signals_look();
	struct file *file = descriptor_file(descriptor);

	if (!file || (file->flags & O_ACCMODE) == O_WRONLY)
		return -EBADF;
	if (count < 0 || count > IOV_MAX)
		return -EINVAL;
	/* what has positions makes nobody wait, nor does what may not */
	if (signal == SIGNALS_INTERRUPT && !file->kind->seek && !(file->flags & O_NONBLOCK))
		return -EINTR;
	return file->kind->read ? file->kind->read(file, parts, (int)count) : -EINVAL;
}

long guest_sys_readv(long descriptor, const struct iovec *parts, long count)
{
	return RESTARTING(read_once(descriptor, parts, count));
}
