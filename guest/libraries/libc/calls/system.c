/* SPDX-License-Identifier: ISC */
/* system.c -- sysinfo: the memory of programs with a heap */
#include <features.h>
#include <sys/sysinfo.h>

#include "heap.h"

/* not defined in programs without a heap */
extern hidden weak __typeof(memory_amounts) memory_amounts;

long guest_sys_sysinfo(struct sysinfo *info)
{
	*info = (struct sysinfo){.procs = 1, .mem_unit = 1};
	if (memory_amounts)
		memory_amounts(&info->totalram, &info->freeram);
	return 0;
}
