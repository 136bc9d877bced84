/* SPDX-License-Identifier: ISC */
/* faccessat.c -- without the child process that musl starts on kernels without flags */
#include <unistd.h>

#include "syscall.h"

int faccessat(int descriptor, const char *path, int mode, int flags)
{
	return flags ? syscall(SYS_faccessat2, descriptor, path, mode, flags) : syscall(SYS_faccessat, descriptor, path, mode);
}
