/* SPDX-License-Identifier: ISC */
/* dlopen.c -- fails: a guest can't load code */
#include <dlfcn.h>
#include <errno.h>
#include <string.h>

#include "dynlink.h"
#include "syscall.h"

guest_call guest_sys_dlopen;

void *dlopen(const char *file, int mode)
{
	(void)mode;
	__dl_seterr("%s: %s", file, strerror((int)-guest_sys_dlopen(0, 0, 0, 0, 0, 0)));
	return NULL;
}
