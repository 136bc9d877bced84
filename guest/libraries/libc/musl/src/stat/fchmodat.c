/* SPDX-License-Identifier: ISC */
/* fchmodat.c -- the call takes the flag, which Linux's doesn't */
#include <sys/stat.h>

#include "syscall.h"

int fchmodat(int descriptor, const char *path, mode_t mode, int flag)
{
	return syscall(SYS_fchmodat, descriptor, path, mode, flag);
}
