/* SPDX-License-Identifier: ISC */
/* umask.c -- the permissions that new files don't get */
#include "umask.h"

static mode_t mask = 022;

mode_t guest_umask(void)
{
	return mask;
}

long guest_sys_umask(long wanted)
{
	mode_t before = mask;

	mask = (mode_t)wanted & 0777;
	return (long)before;
}
