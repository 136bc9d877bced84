/* SPDX-License-Identifier: ISC */
/* state.c -- fstat, and requests of ioctl */
#include "descriptor.h"
#include "file_state.h"

long guest_sys_fstat(long descriptor, struct kstat *state)
{
	struct file *file = descriptor_file(descriptor);

	if (!file)
		return -EBADF;
	*state = (struct kstat){.st_nlink = 1, .st_mode = file->kind->mode, .st_blksize = 4096};
	return file->kind->state ? file->kind->state(file, state) : 0;
}

/* kinds without requests of their own are not terminals */
long guest_sys_ioctl(long descriptor, long request, void *argument)
{
	struct file *file = descriptor_file(descriptor);

	if (!file)
		return -EBADF;
	return file->kind->control ? file->kind->control(file, (unsigned long)request, argument) : -ENOTTY;
}
