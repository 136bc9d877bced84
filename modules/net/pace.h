/* SPDX-License-Identifier: ISC */
/*
 * net/pace.h -- limits of the bytes and frames that pass in a second; without NET_RATE nothing of it is compiled
 *
 * Each direction of a device has buckets of its own. Where they hold too little for
 * the next frame, the direction is held: it has no work until a timer ends. All of
 * this takes the lock.
 */
#ifndef PACE_H
#define PACE_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

enum direction { SEND, RECEIVE, DIRECTIONS };

#define PACED (CONFIG_NET_PACED != 0)

/* from net_setup: makes the timer, and fails if a burst is less than one frame */
void pace_setup(void);

/* whether the device has limits of any kind */
bool pace_limits(unsigned device);

/* at the start of a pass: held only if that pass finds so */
void pace_release(unsigned device, enum direction direction);

/* whether a frame of up to size bytes may pass; if not, the direction is held from now on, and the timer is set */
bool pace_allows(unsigned device, enum direction direction, uint32_t size);

/* one passed */
void pace_count(unsigned device, enum direction direction, uint32_t size);

bool pace_holds(unsigned device, enum direction direction);

/* readable once a held direction may resume */
int pace_descriptor(void);

/* the guest's thread waits for the timer, if anything is held */
void pace_wait_choose(struct pollfd *wait);

#endif
