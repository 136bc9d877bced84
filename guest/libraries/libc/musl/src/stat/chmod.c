/* SPDX-License-Identifier: ISC */
/* chmod.c -- says that there are no flags: the call takes some */
#include <fcntl.h>
#include <sys/stat.h>

#include "syscall.h"

int chmod(const char *path, mode_t mode)
{
	return syscall(SYS_fchmodat, AT_FDCWD, path, mode, 0);
}
