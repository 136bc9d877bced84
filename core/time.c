/* SPDX-License-Identifier: ISC */
/* time.c -- the guest's two time bases: nanoseconds since it started, and the processor's counter */
#include <time.h>

#include "arch.h"
#include "monitor.h"
#include "vm.h"

static uint64_t origin;                 /* CLOCK_MONOTONIC at start, ns */
static uint64_t counter_offset;         /* guest's counter less the host's */
static uint64_t frequency;

static uint64_t monotonic(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void time_start(void)
{
	origin = monotonic();
}

void counter_start(void)
{
	uint64_t least = UINT64_MAX;

	frequency = vm_counter_frequency();
	/* the shortest of a few readings is the one that nothing interrupted */
	for (int i = 0; i < 3; i++) {
		uint64_t before = arch_counter(), guest = vm_counter(), took = arch_counter() - before;

		if (took < least) {
			least = took;
			counter_offset = guest - (before + took / 2);
		}
	}
}

uint64_t time_now(void)
{
	return monotonic() - origin;
}

void spin_pause(void)
{
	arch_pause();
}

uint64_t counter_now(void)
{
	return arch_counter() + counter_offset;
}

uint64_t counter_frequency(void)
{
	return frequency;
}
