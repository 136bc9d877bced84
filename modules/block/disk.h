/* SPDX-License-Identifier: ISC */
/* block/disk.h -- one device's image, shared by the files of the host half; its descriptor is FD_BLOCK + device */
#ifndef DISK_H
#define DISK_H

#include <stdint.h>

struct disk {
	const char *path;               /* as the user wrote it */
	uint64_t capacity, sector;      /* bytes */
};

extern struct disk disks[];

#endif
