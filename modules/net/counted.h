/* SPDX-License-Identifier: ISC */
/*
 * net/counted.h -- what is counted beside frames; without SAMPLES nothing of it is compiled
 *
 * All of this takes the lock.
 */
#ifndef COUNTED_H
#define COUNTED_H

#include "pace.h"

#define COUNTED (CONFIG_NET_COUNTED != 0)

/* a frame passed */
void counted_frame(unsigned device, enum direction direction, uint32_t size);

/* what is behind the device is gone, or back */
void counted_lost(unsigned device);
void counted_restart(unsigned device);

#endif
