/* SPDX-License-Identifier: ISC */
/* block/guest.c -- solo5.h's block devices, by uk.h's functions: Solo5 allows only one block per call */
#include "guest.h"
#include "guest_block.h"

solo5_result_t solo5_block_acquire(const char *name, solo5_handle_t *handle, struct solo5_block_info *info)
{
	const struct device *device = device_find(name, DEVICE_BLOCK_BASIC);

	if (!device)
		return SOLO5_R_EINVAL;
	*handle = device_handle(device);
	info->capacity = block_info(device)->capacity;
	info->block_size = block_info(device)->block_size;
	return SOLO5_R_OK;
}

static bool is_one_block(solo5_handle_t handle, size_t size)
{
	const struct device *device = device_get(handle, DEVICE_BLOCK_BASIC);

	return device && size == block_info(device)->block_size;
}

solo5_result_t solo5_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf, size_t size)
{
	return is_one_block(handle, size) ? uk_block_read(handle, offset, buf, size) : SOLO5_R_EINVAL;
}

solo5_result_t solo5_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf, size_t size)
{
	return is_one_block(handle, size) ? uk_block_write(handle, offset, buf, size) : SOLO5_R_EINVAL;
}
