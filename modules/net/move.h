/* SPDX-License-Identifier: ISC */
/* net/move.h -- moves frames between the rings and the host; all of it takes the lock (handoff.h) */
#ifndef NET_MOVE_H
#define NET_MOVE_H

#include "net.h"

/*
 * One pass over all devices, with a bounded number of frames each: true if
 * anything was moved or dropped, so that there may be more; sets *signal if the
 * guest waits for any of it.
 */
bool frames_move(bool *signal);

/* whether frames_move would have something to do because of what the guest did */
bool guest_has_news(bool (*look)(struct queue *));

void up_set(unsigned d, bool up);

/* registers the devices with the guest's wait in a yield; from net_setup, once there are rings */
void yield_setup(void);

/* the time of the next try to reopen a lost back end, as time_now has it; 0: none is lost. Loaded and stored atomically. */
enum { REOPEN_AFTER = 1000000000 };     /* ns after the loss or the last try */
extern uint64_t reopen_at;

#endif
