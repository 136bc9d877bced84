/* SPDX-License-Identifier: ISC */
/* control.h -- requests of ioctl on files of the tree; only mount.c, so programs with "mounts", has any */
#ifndef GUEST_CONTROL_H
#define GUEST_CONTROL_H

#include "names.h"

struct file;

/* starts, commits or aborts a batch of writes; -ENOTTY: the file is not on a device, or the request is unknown */
long mounts_control(struct file *file, unsigned long request, void *argument);

#endif
