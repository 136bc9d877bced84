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

/* what the guest's thread waits for in a yield; from net_setup, once the rings are there */
void yield_setup(void);

/* when lost back ends are tried again, on time_now's clock; 0: none is. Loaded and stored atomically. */
enum { REOPEN_AFTER = 1000000000 };     /* ns after one was lost, or tried */
extern uint64_t reopen_at;

#endif
