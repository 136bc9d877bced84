/* SPDX-License-Identifier: ISC */
/* tsc.c -- prints the rate of this processor's time-stamp counter in kHz; that of an emulated x86-64 machine is the same */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

struct moment {
	uint64_t counter, time;         /* ns */
};

/* of several tries, the one with the shortest time between the two readings */
static struct moment moment_read(void)
{
	struct moment best = {0};
	uint64_t least = UINT64_MAX;

	for (int try = 0; try < 100; try++) {
		struct timespec now;
		uint64_t before = __builtin_ia32_rdtsc(), took;

		clock_gettime(CLOCK_MONOTONIC, &now);
		took = __builtin_ia32_rdtsc() - before;
		if (took < least) {
			least = took;
			best.counter = before + took / 2;
			best.time = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
		}
	}
	return best;
}

int main(void)
{
	const struct timespec pause = {.tv_nsec = 50000000};
	struct moment start = moment_read(), end;

	nanosleep(&pause, NULL);
	end = moment_read();
	printf("%" PRIu64 "\n", (end.counter - start.counter) * 1000000 / (end.time - start.time));
	return 0;
}
