/* SPDX-License-Identifier: ISC */
/* counter.c -- the counter that the guest reads: CLOCK_MONOTONIC, by the vDSO's clock_gettime */
#include <time.h>

#include "monitor.h"
#include "process/process.h"

void counter_start(void)
{
	time_start();
	boot_info()->core.clock_function = vdso_clock ? (uintptr_t)vdso_clock : (uintptr_t)process_clock;
}

uint64_t counter_now(void)
{
	return clock_read(CLOCK_MONOTONIC);
}

uint64_t counter_frequency(void)
{
	return 1000000000;
}
