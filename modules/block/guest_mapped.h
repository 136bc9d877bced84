/* SPDX-License-Identifier: ISC */
/*
 * block/guest_mapped.h -- blocks of a device whose image is mapped as memory
 *
 * The checks here produce the application's errors. They protect nothing: the
 * guest may do anything with this memory, which is its own device.
 */
#ifndef GUEST_MAPPED_H
#define GUEST_MAPPED_H

#include <string.h>

#include "guest_block.h"

/* whole blocks, at least one, all below end: the capacity, or 0 for writing to a read-only device */
static inline bool mapped_range_is_valid(const volatile struct block_info *info, uint64_t end,
					 uint64_t offset, uint64_t size)
{
	return size && !((offset | size) & (info->block_size - 1)) && size <= end && offset <= end - size;
}

static inline solo5_result_t mapped_read(const struct device *device, uint64_t offset, uint8_t *buf, size_t size)
{
	const volatile struct block_info *info = block_info(device);

	if (!mapped_range_is_valid(info, info->capacity, offset, size))
		return SOLO5_R_EINVAL;
	memcpy(buf, (const void *)(info->address + offset), size);
	return SOLO5_R_OK;
}

static inline solo5_result_t mapped_write(const struct device *device, uint64_t offset, const uint8_t *buf, size_t size)
{
	const volatile struct block_info *info = block_info(device);

	if (!mapped_range_is_valid(info, info->writable, offset, size))
		return SOLO5_R_EINVAL;
	memcpy((void *)(info->address + offset), buf, size);
	return SOLO5_R_OK;
}

/* a later write to freed blocks would have to allocate them, and couldn't report a full disk */
static inline solo5_result_t mapped_discard(const struct device *device, uint64_t offset, uint64_t size)
{
	const volatile struct block_info *info = block_info(device);

	return mapped_range_is_valid(info, info->writable, offset, size) ? SOLO5_R_EUNSPEC : SOLO5_R_EINVAL;
}

#endif
