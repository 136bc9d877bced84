/* SPDX-License-Identifier: ISC */
/*
 * samples.h -- figures of this run, as text in the exposition format 0.0.4 of Prometheus
 *
 * For sources that are chosen by "if SAMPLES", a symbol that the module selects which
 * shows the figures. A `sample` hook writes those of its module: a family, then each of its values, whose
 * labels differ. The hook runs in another thread than what it counts, at any time, so what it reads
 * is written by count_add and read by count_read.
 */
#ifndef SAMPLES_H
#define SAMPLES_H

#include <stddef.h>
#include <stdint.h>

/* --- counting --- */

/* one thread at a time may add to a count; any may read it */
static inline void count_add(uint64_t *count, uint64_t more)
{
	__atomic_store_n(count, *count + more, __ATOMIC_RELAXED);
}

static inline uint64_t count_read(const uint64_t *count)
{
	return __atomic_load_n(count, __ATOMIC_RELAXED);
}

/* how long something took, each time: a histogram with bounds from 1 us to 1 s, and beyond */
enum { DURATION_BOUNDS = 13 };

struct durations {
	uint64_t counts[DURATION_BOUNDS + 1];   /* by the least bound that isn't exceeded */
	uint64_t sum;                           /* of the counter */
};

/* start is counter_now's value when it began */
void durations_add(struct durations *durations, uint64_t start);

/* --- showing --- */

/* pairs of a label's name and its value, which is escaped */
#define LABELS(...) (const char *const[]){__VA_ARGS__, NULL}
#define NO_LABELS (const char *const[]){NULL}

/* begins the family ukgen_NAME; a counter's name ends in _total */
void sample_family(const char *name, const char *type, const char *help);

/* a value of the family */
void sample(uint64_t value, const char *const labels[]);

/* a value in seconds, from one of the counter (counter_now); one from time_now is in ns */
void sample_counter(uint64_t counter, const char *const labels[]);
void sample_time(uint64_t time, const char *const labels[]);

/* the values of a histogram in seconds */
void sample_durations(const struct durations *durations, const char *const labels[]);

/* --- for the module that shows them --- */

/*
 * Passes the text of all modules' figures to put, piece by piece. One thread may call
 * this; it needs mincore(2), and what threads of core.h may do.
 */
void samples_write(void (*put)(const char *text, size_t length));

#endif
