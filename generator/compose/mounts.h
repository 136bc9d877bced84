/* SPDX-License-Identifier: ISC */
/* mounts.h -- the manifest's "mounts", held against its devices and the libraries */
#ifndef MOUNTS_H
#define MOUNTS_H

#include "compose/composition.h"

/* Reports mounts of devices that are not there, or that no library mounts. */
void mounts_check(const struct composition *composition);

/* the device that a mount names, once mounts_check found it */
const struct device *mount_device(const struct composition *composition, const struct mount *mount);

#endif
