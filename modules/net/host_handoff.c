/* SPDX-License-Identifier: ISC */
/* net/host_handoff.c -- see handoff.h */
#include "handoff.h"

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core.h"
#include "ring.h"

enum {
	TRIES = 100,
	LOCK_PAUSE = 20000,             /* ns of sleep between tries */
	CPU_WORDS = 16,
};

static struct handoff handoff = {.owner = OWNER_IO};

bool handoff_single_cpu;

/* by a system call, which fails on a host with more CPUs than the set has bits */
void handoff_setup(void)
{
	unsigned long cpus[CPU_WORDS] = {0};
	bool known = syscall(SYS_sched_getaffinity, 0, sizeof(cpus), cpus) > 0;
	unsigned count = 0;

	for (unsigned i = 0; i < CPU_WORDS; i++)
		for (; cpus[i]; cpus[i] &= cpus[i] - 1)
			count++;
	handoff_single_cpu = known && count < 2;
}

bool handoff_trylock(enum owner thread)
{
	for (unsigned i = 0; __atomic_exchange_n(&handoff.locked, true, __ATOMIC_ACQUIRE); i++) {
		if (i == TRIES)
			return false;
		spin_pause();
	}
	handoff.holder = thread;
	return true;
}

void handoff_lock(enum owner thread)
{
	const struct timespec pause = {.tv_nsec = LOCK_PAUSE};

	while (!handoff_trylock(thread))
		ppoll(NULL, 0, &pause, NULL);
}

void handoff_unlock(void)
{
	__atomic_store_n(&handoff.locked, false, __ATOMIC_RELEASE);
}

enum owner handoff_holder(void)
{
	return handoff.holder;
}

enum owner handoff_owner(void)
{
	return __atomic_load_n(&handoff.owner, __ATOMIC_RELAXED);
}

static void owner_set(enum owner owner)
{
	__atomic_store_n(&handoff.owner, owner, __ATOMIC_RELAXED);
}

/*
 * The I/O thread releases the lock when it sees that it no longer is the owner,
 * even if it could move more frames. It may also be about to become the owner, with
 * the lock held, so the owner is set again once this thread has the lock.
 */
void handoff_idle(void)
{
	__atomic_store_n(&handoff.idle, true, __ATOMIC_RELAXED);
	owner_set(OWNER_GUEST);
	handoff_lock(OWNER_GUEST);
	owner_set(OWNER_GUEST);
}

bool handoff_is_idle(void)
{
	return __atomic_load_n(&handoff.idle, __ATOMIC_ACQUIRE);
}

bool handoff_wake(void)
{
	__atomic_store_n(&handoff.wakeups, handoff.wakeups + 1, __ATOMIC_RELAXED);
	__atomic_store_n(&handoff.idle, false, __ATOMIC_RELEASE);
	ring_barrier();
	return __atomic_load_n(&handoff.parked, __ATOMIC_RELAXED);
}

enum activity handoff_activity(void)
{
	static unsigned seen;
	unsigned wakeups = __atomic_load_n(&handoff.wakeups, __ATOMIC_RELAXED);
	bool woke_up = wakeups != seen;

	seen = wakeups;
	return woke_up ? GUEST_WOKE_UP : handoff_is_idle() ? GUEST_IS_IDLE : GUEST_RUNS_ON;
}

bool handoff_park(void)
{
	__atomic_store_n(&handoff.parked, true, __ATOMIC_RELAXED);
	ring_barrier();
	/* a guest that is just waking up may not have seen that */
	return handoff_is_idle();
}

void handoff_unpark(void)
{
	__atomic_store_n(&handoff.parked, false, __ATOMIC_RELAXED);
}

void handoff_take(void)
{
	owner_set(OWNER_IO);
}
