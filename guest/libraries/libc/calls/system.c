/* SPDX-License-Identifier: ISC */
/* system.c -- what a program may ask about memory, where there is a heap */
#include <features.h>
#include <sys/sysinfo.h>

#include "heap.h"

/* a program without a heap has no amounts */
extern hidden weak __typeof(memory_amounts) memory_amounts;

long guest_sys_sysinfo(struct sysinfo *info)
{
	*info = (struct sysinfo){.procs = 1, .mem_unit = 1};
	if (memory_amounts)
		memory_amounts(&info->totalram, &info->freeram);
	return 0;
}
