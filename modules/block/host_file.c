/* SPDX-License-Identifier: ISC */
/*
 * block/host_file.c -- file mode: serves reads and writes of each device from its image
 *
 * No access reaches beyond the capacity found at setup: every call checks
 * range_is_valid first.
 */
#include "core.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "counted.h"
#include "disk.h"
#include "rate.h"
#include "system_call.h"

/* whole blocks, at least one, all of them on the device; the size of a block is a power of two */
static bool range_is_valid(const struct disk *disk, uint64_t offset, uint64_t size)
{
	return size && !((offset | size) & (disk->sector - 1)) &&
		size <= disk->capacity && offset <= disk->capacity - size;
}

static bool call_may_pass(uint64_t d)
{
	return !CONFIG_BLOCK_RATED || rate_call(d);
}

/* how many of size bytes may pass now */
static uint64_t bytes_may_pass(uint64_t d, uint64_t size)
{
	return CONFIG_BLOCK_RATED ? rate_bytes(d, size) : size;
}

static void bytes_passed(uint64_t d, uint64_t bytes)
{
	if (CONFIG_BLOCK_RATED)
		rate_passed(d, bytes);
}

/* all bytes of a call whose range is valid; from the image's to the guest's, or back */
static int64_t bytes_move(long number, uint64_t d, uint64_t offset, const uint8_t *data, uint64_t size)
{
	if (!call_may_pass(d))
		return RESULT_UNSPECIFIED;
	while (size) {
		long count = system_call(number, FD_BLOCK + (int)d, (long)data, (long)bytes_may_pass(d, size), (long)offset);

		if (count == -EINTR)
			continue;
		if (count <= 0)         /* 0: the file was truncated */
			return RESULT_UNSPECIFIED;
		bytes_passed(d, (uint64_t)count);
		data += count;
		offset += (uint64_t)count;
		size -= (uint64_t)count;
	}
	return RESULT_OK;
}

static int64_t image_read(uint64_t d, uint64_t offset, uint8_t *data, uint64_t size)
{
	return range_is_valid(&disks[d], offset, size) ? bytes_move(SYS_pread64, d, offset, data, size) : RESULT_INVALID;
}

int64_t host_block_read(uint64_t d, uint64_t offset, uint8_t *data, uint64_t size)
{
	uint64_t start = call_begin();

	return call_end(d, OPERATION_READ, size, image_read(d, offset, data, size), start);
}

static int64_t image_write(uint64_t d, uint64_t offset, const uint8_t *data, uint64_t size)
{
	if (block_config[d].readonly || !range_is_valid(&disks[d], offset, size))
		return RESULT_INVALID;
	return bytes_move(SYS_pwrite64, d, offset, data, size);
}

int64_t host_block_write(uint64_t d, uint64_t offset, const uint8_t *data, uint64_t size)
{
	uint64_t start = call_begin();

	return call_end(d, OPERATION_WRITE, size, image_write(d, offset, data, size), start);
}

static int64_t image_flush(uint64_t d)
{
	if (!call_may_pass(d))
		return RESULT_UNSPECIFIED;
	while (fdatasync(FD_BLOCK + (int)d))
		if (errno != EINTR)
			return RESULT_UNSPECIFIED;
	return RESULT_OK;
}

int64_t host_block_flush(uint64_t d)
{
	uint64_t start = call_begin();

	return call_end(d, OPERATION_FLUSH, 0, image_flush(d), start);
}

int64_t host_block_write_flush(uint64_t d, uint64_t offset, const uint8_t *data, uint64_t size)
{
	int64_t result = host_block_write(d, offset, data, size);

	return result == RESULT_OK ? host_block_flush(d) : result;
}

static int64_t image_discard(uint64_t d, uint64_t offset, uint64_t size)
{
	if (block_config[d].readonly || !range_is_valid(&disks[d], offset, size))
		return RESULT_INVALID;
	if (!call_may_pass(d))
		return RESULT_UNSPECIFIED;
	/* block.mod has the same constant for the filter */
	while (fallocate(FD_BLOCK + (int)d, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)offset, (off_t)size))
		if (errno != EINTR)
			return RESULT_UNSPECIFIED;
	return RESULT_OK;
}

int64_t host_block_discard(uint64_t d, uint64_t offset, uint64_t size)
{
	uint64_t start = call_begin();

	return call_end(d, OPERATION_DISCARD, size, image_discard(d, offset, size), start);
}
