/* SPDX-License-Identifier: ISC */
/* block/guest_file.c -- uk.h's block devices in file mode; the monitor checks offsets and sizes */
#include "guest_block.h"

solo5_result_t uk_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf, size_t size)
{
	const struct device *device = device_get(handle, DEVICE_BLOCK_BASIC);

	return device ? (solo5_result_t)hypercall_block_read(device->index, offset, buf, size) : SOLO5_R_EINVAL;
}

solo5_result_t uk_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf, size_t size)
{
	const struct device *device = device_get(handle, DEVICE_BLOCK_BASIC);

	return device ? (solo5_result_t)hypercall_block_write(device->index, offset, buf, size) : SOLO5_R_EINVAL;
}

solo5_result_t uk_block_flush(solo5_handle_t handle)
{
	const struct device *device = device_get(handle, DEVICE_BLOCK_BASIC);

	return device ? (solo5_result_t)hypercall_block_flush(device->index) : SOLO5_R_EINVAL;
}

solo5_result_t uk_block_write_flush(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf, size_t size)
{
	const struct device *device = device_get(handle, DEVICE_BLOCK_BASIC);

	return device ? (solo5_result_t)hypercall_block_write_flush(device->index, offset, buf, size) : SOLO5_R_EINVAL;
}

solo5_result_t uk_block_discard(solo5_handle_t handle, solo5_off_t offset, solo5_off_t size)
{
	const struct device *device = device_get(handle, DEVICE_BLOCK_BASIC);

	return device ? (solo5_result_t)hypercall_block_discard(device->index, offset, size) : SOLO5_R_EINVAL;
}
