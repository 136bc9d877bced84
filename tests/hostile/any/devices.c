/* SPDX-License-Identifier: ISC */
/* devices.c -- names devices that it lacks, blocks that no disk has, and changes what it may only read */
#include "../hostile.h"

/* of the manifest: both are backed by images of DISK_SIZE bytes */
enum { DISK, DISK_READONLY, DISKS, DISK_SIZE = 65536, BLOCK = 512 };

static uint8_t data[BLOCK];

/* any: 0 */
ATTACK(device_beyond)
{
	return hypercall_block_read(DISKS, 0, data, BLOCK) != SOLO5_R_EINVAL ||
		hypercall_block_write(DISKS, 0, data, BLOCK) != SOLO5_R_EINVAL ||
		hypercall_block_flush(DISKS) != SOLO5_R_EINVAL ||
		hypercall_block_write_flush(DISKS, 0, data, BLOCK) != SOLO5_R_EINVAL ||
		hypercall_block_discard(DISKS, 0, BLOCK) != SOLO5_R_EINVAL;
}

ATTACK(device_huge)
{
	return hypercall_block_read(UINT64_MAX, 0, data, BLOCK) != SOLO5_R_EINVAL ||
		hypercall_block_read(1ul << 32, 0, data, BLOCK) != SOLO5_R_EINVAL ||
		hypercall_block_flush(1ul << 63) != SOLO5_R_EINVAL;
}

ATTACK(device_of_no_kind)
{
	struct solo5_block_info block;
	solo5_handle_t handle;

	return solo5_block_acquire("nothing", &handle, &block) != SOLO5_R_EINVAL ||
		solo5_block_read(0, 0, data, BLOCK) != SOLO5_R_EINVAL ||
		solo5_block_read(64, 0, data, BLOCK) != SOLO5_R_EINVAL ||
		solo5_block_read(UINT64_MAX, 0, data, BLOCK) != SOLO5_R_EINVAL;
}

ATTACK(offset_beyond)
{
	return hypercall_block_read(DISK, DISK_SIZE, data, BLOCK) != SOLO5_R_EINVAL ||
		hypercall_block_write(DISK, DISK_SIZE, data, BLOCK) != SOLO5_R_EINVAL ||
		hypercall_block_write_flush(DISK, DISK_SIZE, data, BLOCK) != SOLO5_R_EINVAL ||
		hypercall_block_discard(DISK, DISK_SIZE - BLOCK, 2 * BLOCK) != SOLO5_R_EINVAL;
}

ATTACK(offset_wraps)
{
	return hypercall_block_read(DISK, -(uint64_t)BLOCK, data, BLOCK) != SOLO5_R_EINVAL ||
		hypercall_block_write(DISK, 1ul << 63, data, BLOCK) != SOLO5_R_EINVAL ||
		hypercall_block_write_flush(DISK, -(uint64_t)BLOCK, data, BLOCK) != SOLO5_R_EINVAL ||
		hypercall_block_discard(DISK, -(uint64_t)BLOCK, 2 * BLOCK) != SOLO5_R_EINVAL ||
		hypercall_block_discard(DISK, BLOCK, -(uint64_t)BLOCK) != SOLO5_R_EINVAL;
}

ATTACK(write_readonly)
{
	return hypercall_block_write(DISK_READONLY, 0, data, BLOCK) != SOLO5_R_EINVAL ||
		hypercall_block_write_flush(DISK_READONLY, 0, data, BLOCK) != SOLO5_R_EINVAL ||
		hypercall_block_discard(DISK_READONLY, 0, BLOCK) != SOLO5_R_EINVAL;
}
