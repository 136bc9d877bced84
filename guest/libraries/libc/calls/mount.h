/* SPDX-License-Identifier: ISC */
/* mount.h -- the manifest's "mounts": volumes on block devices, as folders of the tree */
#ifndef GUEST_MOUNT_H
#define GUEST_MOUNT_H

#include <stdint.h>

/* called before main; a volume that can't be read ends the program with a message */
void guest_mounts_start(void);

/* writes all changes, and waits until they are on the disks */
long mounts_sync(void);

/* writes changes if they are due; returns the monotonic time when they will next be due, at most end */
uint64_t mounts_wait(uint64_t end);

#endif
