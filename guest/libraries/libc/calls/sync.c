/* SPDX-License-Identifier: ISC */
/* sync.c -- waits until everything written is on the disks */
#include "descriptor.h"
#include "mount.h"

extern hidden weak __typeof(mounts_sync) mounts_sync;

long guest_sys_sync(void)
{
	if (&mounts_sync)
		mounts_sync();
	return 0;
}

long guest_sys_syncfs(long descriptor)
{
	if (!descriptor_file(descriptor))
		return -EBADF;
	return &mounts_sync ? mounts_sync() : 0;
}
