/* SPDX-License-Identifier: ISC */
/* fchmod.c -- without the detour over /proc that old kernels need */
#include <sys/stat.h>

#include "syscall.h"

int fchmod(int descriptor, mode_t mode)
{
	return syscall(SYS_fchmod, descriptor, mode);
}
