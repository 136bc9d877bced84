/* SPDX-License-Identifier: ISC */
/* fstat.c -- by descriptor alone, so that programs without paths have no code for paths */
#include <sys/stat.h>

#include "kstat.h"
#include "syscall.h"

/* on both processors the call and the program have the same structure */
_Static_assert(sizeof(struct kstat) == sizeof(struct stat), "struct stat is laid out as the call has it");

int fstat(int descriptor, struct stat *state)
{
	return (int)syscall(SYS_fstat, descriptor, state);
}

weak_alias(fstat, fstat64);
