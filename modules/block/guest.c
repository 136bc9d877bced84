/* SPDX-License-Identifier: ISC */
/*
 * block/guest.c -- solo5.h's block devices, and uk.h's
 *
 * Offsets and sizes are the monitor's to check; only what Solo5 asks for beyond
 * that, one block a call, is checked here.
 */
#include "guest.h"
#include "uk.h"

static const char type[] = "BLOCK_BASIC";

static solo5_off_t block_size(const struct device *device)
{
	return boot_info->block[device->index].block_size;
}

solo5_result_t solo5_block_acquire(const char *name, solo5_handle_t *handle, struct solo5_block_info *info)
{
	const struct device *device = device_find(name, type);

	if (!device)
		return SOLO5_R_EINVAL;
	*handle = device_handle(device);
	info->capacity = boot_info->block[device->index].capacity;
	info->block_size = block_size(device);
	return SOLO5_R_OK;
}

solo5_result_t uk_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf, size_t size)
{
	const struct device *device = device_get(handle, type);

	return device ? (solo5_result_t)hypercall_block_read(device->index, offset, buf, size) : SOLO5_R_EINVAL;
}

solo5_result_t uk_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf, size_t size)
{
	const struct device *device = device_get(handle, type);

	return device ? (solo5_result_t)hypercall_block_write(device->index, offset, buf, size) : SOLO5_R_EINVAL;
}

solo5_result_t solo5_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf, size_t size)
{
	const struct device *device = device_get(handle, type);

	if (!device || size != block_size(device))
		return SOLO5_R_EINVAL;
	return (solo5_result_t)hypercall_block_read(device->index, offset, buf, size);
}

solo5_result_t solo5_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf, size_t size)
{
	const struct device *device = device_get(handle, type);

	if (!device || size != block_size(device))
		return SOLO5_R_EINVAL;
	return (solo5_result_t)hypercall_block_write(device->index, offset, buf, size);
}

solo5_result_t uk_block_flush(solo5_handle_t handle)
{
	const struct device *device = device_get(handle, type);

	return device ? (solo5_result_t)hypercall_block_flush(device->index) : SOLO5_R_EINVAL;
}

solo5_result_t uk_block_discard(solo5_handle_t handle, solo5_off_t offset, solo5_off_t size)
{
	const struct device *device = device_get(handle, type);

	return device ? (solo5_result_t)hypercall_block_discard(device->index, offset, size) : SOLO5_R_EINVAL;
}
