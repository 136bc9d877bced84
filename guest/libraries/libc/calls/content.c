/* SPDX-License-Identifier: ISC */
/* content.c -- calls on the content of open files that only some kinds of file support */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>

#include "descriptor.h"

static long read_at(long descriptor, const struct iovec *parts, long count, off_t offset)
{
	struct file *file = descriptor_file(descriptor);

	if (!file || (file->flags & O_ACCMODE) == O_WRONLY)
		return -EBADF;
	if (offset < 0 || count < 0 || count > IOV_MAX)
		return -EINVAL;
	if (!file->kind->read_at)
		return file->kind->entries ? -EISDIR : -ESPIPE;
	return file->kind->read_at(file, parts, (int)count, offset);
}

static long write_at(long descriptor, const struct iovec *parts, long count, off_t offset)
{
	struct file *file = descriptor_file(descriptor);

	if (!file || (file->flags & O_ACCMODE) == O_RDONLY)
		return -EBADF;
	if (offset < 0 || count < 0 || count > IOV_MAX)
		return -EINVAL;
	return file->kind->write_at ? file->kind->write_at(file, parts, (int)count, offset) : -ESPIPE;
}

long guest_sys_pread64(long descriptor, void *bytes, size_t size, off_t offset)
{
	return read_at(descriptor, &(struct iovec){bytes, size}, 1, offset);
}

long guest_sys_preadv(long descriptor, const struct iovec *parts, long count, off_t offset)
{
	return read_at(descriptor, parts, count, offset);
}

long guest_sys_pwrite64(long descriptor, const void *bytes, size_t size, off_t offset)
{
	return write_at(descriptor, &(struct iovec){(void *)bytes, size}, 1, offset);
}

long guest_sys_pwritev(long descriptor, const struct iovec *parts, long count, off_t offset)
{
	return write_at(descriptor, parts, count, offset);
}

long guest_sys_ftruncate(long descriptor, off_t size)
{
	struct file *file = descriptor_file(descriptor);

	if (!file)
		return -EBADF;
	if (size < 0 || !file->kind->truncate || (file->flags & O_ACCMODE) == O_RDONLY)
		return -EINVAL;
	return file->kind->truncate(file, size);
}

long guest_sys_getdents64(long descriptor, char *entries, size_t size)
{
	struct file *file = descriptor_file(descriptor);

	if (!file)
		return -EBADF;
	return file->kind->entries ? file->kind->entries(file, entries, size) : -ENOTDIR;
}

static long descriptor_sync(long descriptor, int only_data)
{
	struct file *file = descriptor_file(descriptor);

	if (!file)
		return -EBADF;
	return file->kind->sync ? file->kind->sync(file, only_data) : -EINVAL;
}

long guest_sys_fsync(long descriptor)
{
	return descriptor_sync(descriptor, 0);
}

long guest_sys_fdatasync(long descriptor)
{
	return descriptor_sync(descriptor, 1);
}

long guest_sys_fadvise64(long descriptor)
{
	return descriptor_file(descriptor) ? 0 : -EBADF;
}
