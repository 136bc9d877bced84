/* SPDX-License-Identifier: ISC */
/* net/rest.c -- the thread that runs the guest moves frames by itself while the guest rests */
#include <poll.h>
#include <sys/eventfd.h>

#include "move.h"

static struct pollfd *waits[NET_DEVICES];

/* how long it looks for frames before it waits, which takes long, and would again */
enum { PATIENCE_MOST = 50000, PATIENCE_STEP = 1000 };

static uint64_t patience;               /* ns */
static uint64_t waits_since;            /* 0: it has learned from that wait */

void rest_setup(void)
{
	for (unsigned d = 0; d < NET_DEVICES; d++)
		waits[d] = wait_place();
}

/* what the wait told of a device */
static void wait_take(unsigned d)
{
	struct net_device *device = &net_devices[d];
	short came = waits[d]->fd < 0 ? 0 : waits[d]->revents;

	device->readable |= device->up && came & (POLLIN | POLLHUP | POLLERR);
	device->writable |= device->up && came & (POLLOUT | POLLHUP | POLLERR);
}

/* what the wait is to tell of it: only what the guest has use for */
static void wait_choose(unsigned d)
{
	struct net_device *device = &net_devices[d];
	short events = 0;

	if (device->up && !device->readable && queue_has_news(&device->receive))
		events |= POLLIN;
	if (device->up && !device->writable && queue_has_news(&device->transmit))
		events |= POLLOUT;
	*waits[d] = (struct pollfd){.fd = events ? FD_NET + (int)d : -1, .events = events};
}

/* after a wait: longer if it only just missed something, and less if it looked in vain */
static void patience_learn(void)
{
	if (!waits_since || alone)
		return;
	if (time_now() - waits_since >= PATIENCE_MOST)
		patience /= 2;
	else
		patience = patience * 2 + PATIENCE_STEP < PATIENCE_MOST ? patience * 2 + PATIENCE_STEP : PATIENCE_MOST;
	waits_since = 0;
}

/* moves what there is, and looks for more for a while if the guest waits on; true if it need not */
static bool move(void)
{
	uint64_t end = 0;
	bool signal = false;

	for (;;) {
		while (frames_move(&signal))
			;
		if (signal)
			return true;
		if (!end)
			end = time_now() + patience;
		if (time_now() >= end)
			return false;
		for (unsigned d = 0; d < NET_DEVICES; d++)
			net_devices[d].readable = net_devices[d].up;
	}
}

/* true if the guest has something to look at */
bool net_rest(void)
{
	bool signal;

	if (!waits[0])                  /* this guest has no rings */
		return false;
	devices_take(BY_GUEST);
	charge_set(BY_GUEST);
	__atomic_store_n(&guest_rests, true, __ATOMIC_RELAXED);
	for (unsigned d = 0; d < NET_DEVICES; d++)
		wait_take(d);
	patience_learn();
	signal = move();
	for (unsigned d = 0; d < NET_DEVICES; d++)
		wait_choose(d);
	devices_give();
	if (!signal)
		waits_since = time_now();
	return signal;
}

/* the guest goes on; the I/O thread looks whether it rests again soon */
void net_resume(void)
{
	if (!guest_rests)
		return;
	__atomic_store_n(&rests, rests + 1, __ATOMIC_RELAXED);
	__atomic_store_n(&guest_rests, false, __ATOMIC_RELEASE);
	ring_barrier();
	if (__atomic_load_n(&io_sleeps, __ATOMIC_RELAXED))
		eventfd_write(FD_NET_KICK, 1);
}
