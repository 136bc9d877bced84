/* SPDX-License-Identifier: ISC */
/*
 * net/move.h -- moves frames between the rings and the host, in one of two threads at a time
 *
 * The thread that runs the guest moves them whenever the guest rests (rest.c):
 * nobody has to wake it then, and a guest that works through what it got and
 * rests again is never interrupted. The I/O thread has the charge while the
 * guest runs on without resting (io.c). Whoever looks at the devices takes them
 * first, for as short a time as it takes.
 */
#ifndef NET_MOVE_H
#define NET_MOVE_H

#include "net.h"

enum mover { BY_IO, BY_GUEST };

/* who moves frames; set only by who has the devices, and final only for who has them */
enum mover charge_now(void);
void charge_set(enum mover mover);

/* of the guest's thread, loaded and stored atomically */
extern bool guest_rests;                /* since net_rest, until the guest goes on */
extern unsigned rests;                  /* how often it went on, modulo 2^32 */

/* of the I/O thread: it is to be woken when the guest goes on */
extern bool io_sleeps;

/* false if the other thread has them, after a moment of looking */
bool devices_try(enum mover mover);
/* waits until it has */
void devices_take(enum mover mover);
void devices_give(void);

/* of who has them: moves what can be moved; true if anything was; adds to *signal whether the guest waits for any of it */
bool frames_move(bool *signal);

/* whether frames_move would have something to do by what the guest did */
bool guest_has_news(bool (*look)(struct queue *));

extern bool alone;                      /* on the only processor: while one looked, nobody would have it do anything */

void up_set(unsigned d, bool up);

/* of rest.c: from net_setup, once the rings are there */
void rest_setup(void);

/* when a back end is to be tried again; 0: none is */
enum { REOPEN_AFTER = 1000000000 };     /* ns after it was lost, or tried */
extern uint64_t reopen_at;

#endif
