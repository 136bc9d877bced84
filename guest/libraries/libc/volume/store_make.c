/* SPDX-License-Identifier: ISC */
/* store_make.c -- makes an empty volume */
#include <errno.h>
#include <string.h>

#include "store.h"

/* the root, which the snapshot of every volume begins with */
static size_t root_write(unsigned char *to)
{
	static const struct node root = {.number = STORE_ROOT, .mode = S_IFDIR | 0755};

	return change_state(to, &root);
}

static uint32_t area_size(uint64_t blocks)
{
	uint64_t part = blocks / STORE_AREA_PART;

	return part < STORE_AREA_MIN ? STORE_AREA_MIN : part > STORE_AREA_MAX ? STORE_AREA_MAX : (uint32_t)part;
}

/* an older volume on the device has records with the same generations: these must not be valid */
static long areas_clear(const struct store_device *device, uint32_t area_blocks)
{
	unsigned char block[STORE_BLOCK];
	long error = 0;

	for (uint64_t i = STORE_AREAS; i < STORE_AREAS + 2 * (uint64_t)area_blocks && !error; i++) {
		error = device->read(device->context, i * STORE_BLOCK, block, STORE_BLOCK);
		if (error || (!block[0] && !memcmp(block, block + 1, STORE_BLOCK - 1)))
			continue;
		memset(block, 0, STORE_BLOCK);
		error = device->write(device->context, i * STORE_BLOCK, block, STORE_BLOCK);
	}
	return error;
}

/* both headers are cleared first, and the first one is written last */
long store_make(const struct store_device *device)
{
	unsigned char block[STORE_BLOCK] = {0};
	struct header header = {.version = 1, .generation = 1, .blocks = device->size / STORE_BLOCK};
	long error;

	if (header.blocks < STORE_BLOCKS_MIN)
		return -ENOSPC;
	if (header.blocks > STORE_BLOCKS_MAX)
		header.blocks = STORE_BLOCKS_MAX;
	header.area_blocks = area_size(header.blocks);
	error = device->write(device->context, 0, block, STORE_BLOCK);
	if (!error)
		error = device->write(device->context, STORE_BLOCK, block, STORE_BLOCK);
	if (!error)
		error = device->flush(device->context);
	if (!error)
		error = areas_clear(device, header.area_blocks);
	header.snapshot_size = root_write(block);
	header.snapshot_checksum = checksum(0, block, (size_t)header.snapshot_size);
	if (!error)
		error = device->write(device->context, STORE_AREAS * STORE_BLOCK, block, STORE_BLOCK);
	if (!error)
		error = device->flush(device->context);
	header_write(block, &header);
	if (!error)
		error = device->write(device->context, 0, block, STORE_BLOCK);
	return error ? error : device->flush(device->context);
}
