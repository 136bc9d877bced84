/* SPDX-License-Identifier: ISC */
/* samples/durations.c -- sorts durations into the buckets of a histogram */
#include "core.h"
#include "samples.h"

/* in ns; text.c has the same bounds as text */
static const uint32_t bounds[DURATION_BOUNDS] = {
	1000, 3000, 10000, 30000, 100000, 300000, 1000000, 3000000, 10000000, 30000000, 100000000, 300000000, 1000000000,
};

void durations_add(struct durations *durations, uint64_t start)
{
	uint64_t took = counter_now() - start, frequency = counter_frequency();
	unsigned i = 0;

	/* neither product overflows for frequencies below 18 GHz */
	while (i < DURATION_BOUNDS && (took >= 2 * frequency || took * 1000000000 > bounds[i] * frequency))
		i++;
	count_add(&durations->sum, took);
	count_add(&durations->counts[i], 1);
}
