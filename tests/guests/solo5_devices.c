/* SPDX-License-Identifier: ISC */
/*
 * solo5_devices.c -- acquires storage0 to storage62; storageN must have N + 1 blocks
 *
 * Exit status 0 if all holds, else the number of the check.
 */
#include "solo5.h"

enum { DEVICES = 63, BLOCK = 512 };

static solo5_handle_t handles[DEVICES];
static uint8_t block[BLOCK];

static const char *name_of(unsigned number)
{
	static char name[] = "storage00";
	char *at = name + 7;

	if (number > 9)
		*at++ = (char)('0' + number / 10);
	*at++ = (char)('0' + number % 10);
	*at = 0;
	return name;
}

int solo5_app_main(const struct solo5_start_info *info)
{
	struct solo5_block_info disk;
	solo5_handle_set_t seen = 0;
	solo5_handle_t handle;

	(void)info;
	for (unsigned i = 0; i < DEVICES; i++) {
		if (solo5_block_acquire(name_of(i), &handles[i], &disk) != SOLO5_R_OK)
			return 1;
		if (disk.capacity != (i + 1) * BLOCK || disk.block_size != BLOCK)
			return 2;
		if (!handles[i] || handles[i] > DEVICES || seen & 1ul << handles[i])
			return 3;
		seen |= 1ul << handles[i];
	}
	/* once each; and only those there are */
	for (unsigned i = 0; i < DEVICES; i++)
		if (solo5_block_acquire(name_of(i), &handle, &disk) != SOLO5_R_EINVAL)
			return 4;
	if (solo5_block_acquire(name_of(63), &handle, &disk) != SOLO5_R_EINVAL ||
	    solo5_block_acquire("", &handle, &disk) != SOLO5_R_EINVAL)
		return 5;
	for (unsigned i = 0; i < DEVICES; i++) {
		block[0] = (uint8_t)i;
		if (solo5_block_write(handles[i], i * BLOCK, block, BLOCK) != SOLO5_R_OK)
			return 6;
		if (solo5_block_write(handles[i], (i + 1) * BLOCK, block, BLOCK) != SOLO5_R_EINVAL)
			return 7;
	}
	for (unsigned i = 0; i < DEVICES; i++)
		if (solo5_block_read(handles[i], i * BLOCK, block, BLOCK) != SOLO5_R_OK || block[0] != i)
			return 8;
	return 0;
}
