/* SPDX-License-Identifier: ISC */
/* block/guest_both.c -- uk.h's block devices where the command line chooses each one's mode */
#include "guest_mapped.h"

static bool is_mapped(const struct device *device)
{
	return block_info(device)->address;
}

solo5_result_t uk_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf, size_t size)
{
	const struct device *device = device_get(handle, DEVICE_BLOCK_BASIC);

	if (!device)
		return SOLO5_R_EINVAL;
	return is_mapped(device) ? mapped_read(device, offset, buf, size) :
		(solo5_result_t)hypercall_block_read(device->index, offset, buf, size);
}

solo5_result_t uk_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf, size_t size)
{
	const struct device *device = device_get(handle, DEVICE_BLOCK_BASIC);

	if (!device)
		return SOLO5_R_EINVAL;
	return is_mapped(device) ? mapped_write(device, offset, buf, size) :
		(solo5_result_t)hypercall_block_write(device->index, offset, buf, size);
}

solo5_result_t uk_block_flush(solo5_handle_t handle)
{
	const struct device *device = device_get(handle, DEVICE_BLOCK_BASIC);

	if (!device)
		return SOLO5_R_EINVAL;
	return (solo5_result_t)(is_mapped(device) ? hypercall_block_sync(device->index) :
				hypercall_block_flush(device->index));
}

solo5_result_t uk_block_write_flush(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf, size_t size)
{
	const struct device *device = device_get(handle, DEVICE_BLOCK_BASIC);
	solo5_result_t result;

	if (!device)
		return SOLO5_R_EINVAL;
	if (!is_mapped(device))
		return (solo5_result_t)hypercall_block_write_flush(device->index, offset, buf, size);
	result = mapped_write(device, offset, buf, size);
	return result == SOLO5_R_OK ? (solo5_result_t)hypercall_block_sync(device->index) : result;
}

solo5_result_t uk_block_discard(solo5_handle_t handle, solo5_off_t offset, solo5_off_t size)
{
	const struct device *device = device_get(handle, DEVICE_BLOCK_BASIC);

	if (!device)
		return SOLO5_R_EINVAL;
	return is_mapped(device) ? mapped_discard(device, offset, size) :
		(solo5_result_t)hypercall_block_discard(device->index, offset, size);
}
