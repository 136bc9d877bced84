/* SPDX-License-Identifier: ISC */
/*
 * net/handoff.h -- which of two threads moves frames, and how ownership of the devices changes
 *
 * The guest's thread owns the devices while the guest yields often: it moves
 * frames in each yield, so no other thread needs to wake up, and the guest is not
 * interrupted between yields. The I/O thread owns them while the guest runs for
 * long without yielding. The guest is idle while it is in a yield.
 *
 *   owner  idle  parked   the guest's thread ...               the I/O thread ...
 *   guest  yes   no       moves frames, waits for the host     polls the guest's state every STAND_BY ms
 *   guest  yes   yes      the same; wakes the other thread     sleeps until the guest wakes up
 *                         when the guest wakes up
 *   guest  no    no       runs the guest                       polls every STAND_BY ms; becomes the owner if
 *                                                              the guest was not idle in between
 *   I/O    no    no       runs the guest, which kicks          moves frames; sleeps until there are some, or
 *                                                              until the guest kicks
 *   I/O    yes   no       waits for the lock, to become the    releases the lock after the frames at hand
 *                         owner
 *
 * The guest's thread alone makes the guest the owner, idle, and awake; the I/O
 * thread alone makes itself the owner, and parks. net_devices and the monitor's
 * side of the rings are read and written under the lock, except for counters,
 * which the lock's holder writes and anyone may read. handoff.pml is this
 * protocol as a model, which spin proves to leave no frame where it is.
 */
#ifndef NET_HANDOFF_H
#define NET_HANDOFF_H

#include <stdbool.h>

enum owner { OWNER_IO, OWNER_GUEST };

struct handoff {
	enum owner owner;       /* stable only while the lock is held */
	enum owner holder;      /* of the lock */
	bool locked;
	bool idle, parked;
	unsigned wakeups;       /* of the guest, modulo 2^32 */
};

/* on a single CPU, spinning would starve the other thread */
extern bool handoff_single_cpu;

void handoff_setup(void);

/* false if the other thread still holds the lock after a short spin */
bool handoff_trylock(enum owner thread);
void handoff_lock(enum owner thread);
void handoff_unlock(void);

/* the caller; with the lock held */
enum owner handoff_holder(void);

enum owner handoff_owner(void);

/* --- of the guest's thread --- */

/* the guest yields: takes the lock and becomes the owner */
void handoff_idle(void);

bool handoff_is_idle(void);

/* the guest resumes; true if the I/O thread is parked and must be woken */
bool handoff_wake(void);

/* --- of the I/O thread, with the lock --- */

/* whether the guest has been idle since the last call, or is idle */
enum activity { GUEST_WOKE_UP, GUEST_IS_IDLE, GUEST_RUNS_ON };
enum activity handoff_activity(void);

/* false if the guest has just woken up; otherwise handoff_wake wakes this thread until handoff_unpark */
bool handoff_park(void);
void handoff_unpark(void);

/* becomes the owner */
void handoff_take(void);

#endif
