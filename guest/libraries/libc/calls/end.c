/* SPDX-License-Identifier: ISC */
/* end.c -- ends the program, after its files are on the disks */
#include <features.h>
#include <solo5.h>

#include "mount.h"

extern hidden weak __typeof(mounts_sync) mounts_sync;

_Noreturn long guest_sys_exit_group(long status)
{
	if (&mounts_sync)
		mounts_sync();
	solo5_exit((int)status);
}

_Noreturn long guest_sys_exit(long status)
{
	guest_sys_exit_group(status);
}
