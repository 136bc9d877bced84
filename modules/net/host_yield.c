/* SPDX-License-Identifier: ISC */
/*
 * net/host_yield.c -- the guest's thread moves frames itself while the guest is in a yield
 *
 * Only the core checks the yield's deadline and signals, so nothing here takes much
 * longer than MOVE_MOST, whatever peers send.
 */
#include <poll.h>
#include <sys/eventfd.h>

#include "handoff.h"
#include "move.h"
#include "pace.h"

enum {
	MOVE_MOST = 200000,             /* ns of moving frames before the core's checks */
	PATIENCE_MOST = 50000,          /* ns that it spins at most before it sleeps */
	PATIENCE_STEP = 1000,
};

static struct pollfd *waits[NET_DEVICES], *pace_wait;

static uint64_t patience;               /* ns */
static uint64_t waits_since;            /* start of the wait; 0: already evaluated */

void yield_setup(void)
{
	for (unsigned d = 0; d < NET_DEVICES; d++)
		waits[d] = wait_place();
	if (PACED)
		pace_wait = wait_place();
}

/* takes over a device's readiness from the wait's results */
static void wait_take(unsigned d)
{
	struct net_device *device = &net_devices[d];
	short came = waits[d]->fd < 0 ? 0 : waits[d]->revents;

	device->readable |= device->up && came & (POLLIN | POLLHUP | POLLERR);
	device->writable |= device->up && came & (POLLOUT | POLLHUP | POLLERR);
}

/* the events to wait for: only those that the guest can use */
static void wait_choose(unsigned d)
{
	struct net_device *device = &net_devices[d];
	short events = 0;

	if (device->up && queue_has_news(&device->receive) && !(PACED && pace_holds(d, RECEIVE)))
		events |= POLLIN;
	if (device->up && queue_has_news(&device->transmit) && !(PACED && pace_holds(d, SEND)))
		events |= POLLOUT;
	*waits[d] = (struct pollfd){.fd = events ? FD_NET + (int)d : -1, .events = events};
}

/* after a wait: increases the spinning time if it was just too short, decreases it if spinning was useless */
static void patience_learn(void)
{
	if (!waits_since || handoff_single_cpu)
		return;
	if (time_now() - waits_since >= PATIENCE_MOST)
		patience /= 2;
	else
		patience = patience * 2 + PATIENCE_STEP < PATIENCE_MOST ? patience * 2 + PATIENCE_STEP : PATIENCE_MOST;
	waits_since = 0;
}

/* true if the guest has something to do; false leaves the rest until after the next wait */
static bool move(void)
{
	uint64_t start = time_now(), now = start;
	bool signal = false;

	while (frames_move(&signal)) {
		now = time_now();
		if (now - start >= MOVE_MOST)
			return signal;
	}
	for (start = now; !signal && now - start < patience; now = time_now()) {
		for (unsigned d = 0; d < NET_DEVICES; d++)
			net_devices[d].readable = net_devices[d].up;
		frames_move(&signal);
	}
	if (!signal)
		waits_since = time_now();
	return signal;
}

/* true if the guest has something to do */
bool net_idle(void)
{
	bool signal;

	if (!waits[0])                  /* this guest has no rings */
		return false;
	handoff_idle();
	for (unsigned d = 0; d < NET_DEVICES; d++)
		wait_take(d);
	patience_learn();
	signal = move();
	for (unsigned d = 0; d < NET_DEVICES; d++)
		wait_choose(d);
	if (PACED)
		pace_wait_choose(pace_wait);
	handoff_unlock();
	return signal;
}

void net_resume(void)
{
	if (handoff_is_idle() && handoff_wake())
		eventfd_write(FD_NET_KICK, 1);
}
