/* SPDX-License-Identifier: ISC */
/* chmod.c -- passes 0 as flags, which the call here takes */
#include <fcntl.h>
#include <sys/stat.h>

#include "syscall.h"

int chmod(const char *path, mode_t mode)
{
	return syscall(SYS_fchmodat, AT_FDCWD, path, mode, 0);
}
