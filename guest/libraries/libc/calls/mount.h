/* SPDX-License-Identifier: ISC */
/* mount.h -- the manifest's "mounts": volumes on block devices, as folders of the tree */
#ifndef GUEST_MOUNT_H
#define GUEST_MOUNT_H

#include <stdint.h>

/* before main; a volume that can't be read ends the program, with a message */
void guest_mounts_start(void);

/* writes what changed, and waits until it is on the disks */
long mounts_sync(void);

/* writes it if it is time; the monotonic time at which that will be so again, or end */
uint64_t mounts_wait(uint64_t end);

#endif
