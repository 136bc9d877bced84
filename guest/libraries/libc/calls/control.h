/* SPDX-License-Identifier: ISC */
/* control.h -- requests of ioctl on files of the tree; only mount.c, so programs with "mounts", has any */
#ifndef GUEST_CONTROL_H
#define GUEST_CONTROL_H

#include "names.h"

struct file;

/* batches of writes, if the file is on a device; -ENOTTY: it isn't, or there is no such request */
long mounts_control(struct file *file, unsigned long request, void *argument);

#endif
