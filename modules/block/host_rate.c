/* SPDX-License-Identifier: ISC */
/*
 * block/host_rate.c -- --block-rate: bytes and calls that pass in a second, reads and writes together
 *
 * A call that is larger than the burst passes in pieces of whole blocks, so that
 * no size of call exceeds the rate.
 */
#include "core.h"

#include "disk.h"
#include "rate.h"

static struct {
	struct bucket bytes, calls;
} limits[BLOCK_DEVICES];

void option_block_rate(unsigned device, const char *value)
{
	buckets_parse("block-rate", block_config[device].name, value, "calls", &limits[device].bytes, &limits[device].calls);
}

void rate_setup(void)
{
	for (unsigned d = 0; d < BLOCK_DEVICES; d++) {
		bucket_start("block-rate", block_config[d].name, &limits[d].bytes, disks[d].sector);
		bucket_start("block-rate", block_config[d].name, &limits[d].calls, 1);
	}
}

bool rate_is_limited(uint64_t d)
{
	return limits[d].bytes.rate || limits[d].calls.rate;
}

static bool await(struct bucket *bucket, uint64_t tokens)
{
	uint64_t time;

	while ((time = bucket_wait(bucket, tokens)))
		if (!wait_pause(time))
			return false;
	return true;
}

bool rate_call(uint64_t d)
{
	if (!await(&limits[d].calls, 1))
		return false;
	bucket_take(&limits[d].calls, 1);
	return true;
}

uint64_t rate_bytes(uint64_t d, uint64_t size)
{
	struct bucket *bytes = &limits[d].bytes;

	if (bytes->rate && size > bytes->burst)
		size = bytes->burst - bytes->burst % disks[d].sector;
	return await(bytes, size) ? size : 0;
}

void rate_passed(uint64_t d, uint64_t bytes)
{
	bucket_take(&limits[d].bytes, bytes);
}
