/* SPDX-License-Identifier: ISC */
/* usage.c -- the CPU time that the program has used */
#include <errno.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <solo5.h>

#include "clock.h"

enum { TICK = SECOND / 100 };   /* of times(2): 1 / sysconf(_SC_CLK_TCK) */

long guest_sys_getrusage(long who, long *usage)
{
	uint64_t running = who == RUSAGE_CHILDREN ? 0 : clock_running();

	if (who != RUSAGE_SELF && who != RUSAGE_CHILDREN && who != RUSAGE_THREAD)
		return -EINVAL;
	/* the kernel's structure: two struct timeval and 14 words */
	for (int i = 0; i < 18; i++)
		usage[i] = 0;
	usage[0] = (long)(running / SECOND);
	usage[1] = (long)(running % SECOND / 1000);
	return 0;
}

long guest_sys_times(struct tms *times)
{
	if (times)
		*times = (struct tms){.tms_utime = (clock_t)(clock_running() / TICK)};
	return (long)(solo5_clock_monotonic() / TICK);
}
