/* SPDX-License-Identifier: ISC */
/* disk_reader.c -- reads the first block of its device and makes no other call; exit status 0 if it could */
#include <solo5.h>

int solo5_app_main(const struct solo5_start_info *start)
{
	static uint8_t data[512];
	struct solo5_block_info info;
	solo5_handle_t handle;

	(void)start;
	if (solo5_block_acquire("disk", &handle, &info))
		return 1;
	return solo5_block_read(handle, 0, data, sizeof(data)) ? 2 : 0;
}
