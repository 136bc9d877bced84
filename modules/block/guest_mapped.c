/* SPDX-License-Identifier: ISC */
/* block/guest_mapped.c -- uk.h's block devices where all of them are mapped */
#include "guest_mapped.h"

solo5_result_t uk_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf, size_t size)
{
	const struct device *device = device_get(handle, DEVICE_BLOCK_BASIC);

	return device ? mapped_read(device, offset, buf, size) : SOLO5_R_EINVAL;
}

solo5_result_t uk_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf, size_t size)
{
	const struct device *device = device_get(handle, DEVICE_BLOCK_BASIC);

	return device ? mapped_write(device, offset, buf, size) : SOLO5_R_EINVAL;
}

solo5_result_t uk_block_flush(solo5_handle_t handle)
{
	const struct device *device = device_get(handle, DEVICE_BLOCK_BASIC);

	return device ? (solo5_result_t)hypercall_block_sync(device->index) : SOLO5_R_EINVAL;
}

solo5_result_t uk_block_write_flush(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf, size_t size)
{
	const struct device *device = device_get(handle, DEVICE_BLOCK_BASIC);
	solo5_result_t result = device ? mapped_write(device, offset, buf, size) : SOLO5_R_EINVAL;

	return result == SOLO5_R_OK ? (solo5_result_t)hypercall_block_sync(device->index) : result;
}

solo5_result_t uk_block_discard(solo5_handle_t handle, solo5_off_t offset, solo5_off_t size)
{
	const struct device *device = device_get(handle, DEVICE_BLOCK_BASIC);

	return device ? mapped_discard(device, offset, size) : SOLO5_R_EINVAL;
}
