/* SPDX-License-Identifier: ISC */
/* fchown.c -- without the detour over /proc that old kernels need */
#include <unistd.h>

#include "syscall.h"

int fchown(int descriptor, uid_t user, gid_t group)
{
	return syscall(SYS_fchown, descriptor, user, group);
}
