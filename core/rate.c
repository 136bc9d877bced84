/* SPDX-License-Identifier: ISC */
/*
 * rate.c -- token buckets, which bound what passes in any time
 *
 * Tokens are counted in billionths: a bucket gains `rate` of these each nanosecond,
 * so nothing is rounded and no rate is too small. RATE_MOST keeps a full bucket
 * within 64 bits.
 */
#include <string.h>

#include "monitor.h"

#define BILLION 1000000000ul
#define RATE_MOST (16 * BILLION)

/* Parses a number with an optional K, M or G. Returns what follows it, or NULL if there is none or it is too large. */
static const char *number_read(const char *at, uint64_t *number)
{
	static const char units[] = "KMG";
	const char *digit = at, *unit;

	for (*number = 0; *digit >= '0' && *digit <= '9' && *number <= RATE_MOST; digit++)
		*number = *number * 10 + (uint64_t)(*digit - '0');
	if (digit == at)
		return NULL;
	unit = *digit ? strchr(units, *digit) : NULL;
	for (const char *u = units; unit && u <= unit && *number <= RATE_MOST; u++)
		*number *= 1000;
	return *number <= RATE_MOST ? digit + !!unit : NULL;
}

static const char *bucket_read(const char *at, struct bucket *bucket)
{
	*bucket = (struct bucket){0};
	at = number_read(at, &bucket->rate);
	if (!at || *at != ':' || !bucket->rate)
		return at;
	at = number_read(at + 1, &bucket->burst);
	return bucket->burst ? at : NULL;
}

void buckets_parse(const char *option, const char *device, const char *value, const char *calls,
		   struct bucket *bytes, struct bucket *operations)
{
	const char *at = bucket_read(value, bytes);

	*operations = (struct bucket){0};
	if (at && *at == ',')
		at = bucket_read(at + 1, operations);
	if (!at || *at)
		fail("--%s:%s=%s: not a rate; accepted are bytes[:burst] or bytes[:burst],%s[:burst] a second, up to 16G each, "
		     "such as 10M, 10M:64K and 0,500, where 0 is no limit", option, device, value, calls);
}

void bucket_start(const char *option, const char *device, struct bucket *bucket, uint64_t least)
{
	if (!bucket->rate)
		return;
	if (!bucket->burst)
		bucket->burst = bucket->rate / 10 < least ? least : bucket->rate / 10;
	if (bucket->burst < least)
		fail("--%s:%s: a burst of %lu is too small; accepted is %lu or more", option, device, bucket->burst, least);
	bucket->tokens = bucket->burst * BILLION;
}

static void bucket_fill(struct bucket *bucket)
{
	uint64_t now = time_now(), passed = now - bucket->filled, missing = bucket->burst * BILLION - bucket->tokens;

	bucket->tokens += passed > missing / bucket->rate ? missing : passed * bucket->rate;
	bucket->filled = now;
}

uint64_t bucket_wait(struct bucket *bucket, uint64_t tokens)
{
	uint64_t wanted = bucket->rate / 1000;

	if (!bucket->rate)
		return 0;
	bucket_fill(bucket);
	if (bucket->tokens >= tokens * BILLION)
		return 0;
	if (wanted < tokens)
		wanted = tokens;
	if (wanted > bucket->burst)
		wanted = bucket->burst;
	return (wanted * BILLION - bucket->tokens + bucket->rate - 1) / bucket->rate;
}

void bucket_take(struct bucket *bucket, uint64_t tokens)
{
	uint64_t taken = tokens * BILLION;

	if (bucket->rate)
		bucket->tokens -= taken < bucket->tokens ? taken : bucket->tokens;
}
