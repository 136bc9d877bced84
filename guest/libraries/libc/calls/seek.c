/* SPDX-License-Identifier: ISC */
/* seek.c -- moves the position of the file of a descriptor */
#include "descriptor.h"

long guest_sys_lseek(long descriptor, off_t offset, long whence)
{
	struct file *file = descriptor_file(descriptor);

	if (!file)
		return -EBADF;
	return file->kind->seek ? file->kind->seek(file, offset, (int)whence) : -ESPIPE;
}
