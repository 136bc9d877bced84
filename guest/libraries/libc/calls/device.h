/* SPDX-License-Identifier: ISC */
/* device.h -- the devices in /dev; linked only into programs that name one, see libc.lib */
#ifndef GUEST_DEVICE_H
#define GUEST_DEVICE_H

#include "node.h"

/* adds them to /dev, except where "files" has the name already */
void devices_make(struct node *root);

/* what open_add does for a device */
long device_open(struct node *node, long flags);

#endif
