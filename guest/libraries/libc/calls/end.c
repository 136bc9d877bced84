/* SPDX-License-Identifier: ISC */
/* end.c -- the end of the program */
#include <solo5.h>

long guest_sys_exit_group(long status)
{
	solo5_exit((int)status);
}

long guest_sys_exit(long status)
{
	solo5_exit((int)status);
}
