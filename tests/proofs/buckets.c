/* SPDX-License-Identifier: ISC */
/*
 * buckets.c -- token buckets, for all combinations of selected rates, bursts, pauses and amounts
 *
 * In any time t at most burst + rate * t tokens pass. The wait that a bucket asks for
 * is long enough, and one nanosecond less is not. Large rates and bursts are included,
 * since their products come near 64 bits.
 */
#include "check.h"

#include "rate.c"

enum { STEPS = 4 };

static uint64_t now;

uint64_t time_now(void)
{
	return now;
}

void fail(const char *format, ...)
{
	fprintf(stderr, "%s\n", format);
	abort();
}

static const uint64_t rates[] = {1, 2, 3, 7, 1000, 1001, 999999999, BILLION, RATE_MOST - 1, RATE_MOST};
static const uint64_t bursts[] = {1, 2, 5, 512, 1514, BILLION, RATE_MOST};
static const uint64_t pauses[] = {0, 1, 333333333, BILLION, 40 * BILLION, 1ul << 60};

/* what passed, and when */
static uint64_t taken[STEPS], at[STEPS];

/* whatever was taken in the steps from first to last is within the promise */
static void promise_check(const struct bucket *bucket, unsigned first, unsigned last)
{
	unsigned __int128 sum = 0, time = at[last] - at[first];

	for (unsigned i = first; i <= last; i++)
		sum += taken[i];
	CHECK(sum * BILLION <= (unsigned __int128)bucket->burst * BILLION + bucket->rate * time);
}

static void step(struct bucket bucket, unsigned depth)
{
	const uint64_t amounts[] = {1, bucket.burst / 2, bucket.burst};

	if (depth == STEPS) {
		cases++;
		return;
	}
	for (unsigned p = 0; p < COUNT(pauses); p++)
		for (unsigned a = 0; a < COUNT(amounts); a++) {
			struct bucket next = bucket, early;
			uint64_t before = now, wait;

			now += pauses[p];
			wait = bucket_wait(&next, amounts[a]);
			/* 36 years: several of these don't fit the clock */
			if (wait > 1ul << 60) {
				now = before;
				continue;
			}
			if (wait) {
				early = next;
				now += wait - 1;
				/* it waits for what a millisecond brings, so fewer tokens may be there earlier */
				CHECK(bucket_wait(&early, amounts[a]) || bucket.rate >= 1000 * (amounts[a] + 1));
				now++;
				CHECK(!bucket_wait(&next, amounts[a]));
			}
			bucket_take(&next, amounts[a]);
			CHECK(next.tokens <= next.burst * BILLION);
			taken[depth] = amounts[a];
			at[depth] = now;
			for (unsigned first = 0; first <= depth; first++)
				promise_check(&next, first, depth);
			step(next, depth + 1);
			now = before;
		}
}

int main(void)
{
	for (unsigned r = 0; r < COUNT(rates); r++)
		for (unsigned b = 0; b < COUNT(bursts); b++) {
			struct bucket bucket = {.rate = rates[r], .burst = bursts[b]};

			now = 0;
			bucket_start("rate", "device", &bucket, 1);
			step(bucket, 0);
		}
	return proved();
}
