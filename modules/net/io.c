/* SPDX-License-Identifier: ISC */
/*
 * net/io.c -- the thread that moves frames while the guest runs on, tries lost back ends again, and tells counters
 *
 * It sleeps in epoll_pwait when there is nothing to move. Descriptors are
 * watched for changes only (EPOLLET), so that kicks need no read and nothing
 * is told twice: what is readable or writable is kept with the device until the
 * host says FRAME_AGAIN. While it looks at the rings by itself, or the guest's
 * thread has the charge, the event indices that it left there are old ones, and
 * the guest doesn't kick.
 */
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "move.h"

enum {
	ANSWER_MOST = 50000,            /* ns that it looks at the rings before it sleeps */
	ANSWER_LEAST = 1000,
	STAND_BY = 2,                   /* ms that a guest may run without resting before it is helped */
	BUSY_LOOK = 100,                /* ms until it looks again whether the host takes frames */
	EVENTS = 16,
};

/* what epoll_pwait tells: a device, or one of these */
enum { EVENT_KICK = NET_DEVICES, EVENT_SIGNAL };

static void signal_take(void)
{
	struct signalfd_siginfo information;

	while (read(FD_NET_SIGNALS, &information, sizeof(information)) == sizeof(information))
		stats_print();
}

static bool watch(int operation, int descriptor, uint32_t events, unsigned source)
{
	struct epoll_event event = {.events = events, .data.u32 = source};

	return !epoll_ctl(FD_NET_EVENTS, operation, descriptor, &event);
}

static bool watched = true;             /* the devices, for frames and room */

static uint32_t watched_events(void)
{
	return watched ? EPOLLIN | EPOLLOUT | EPOLLET : EPOLLET;
}

static void devices_watch(bool on)
{
	if (on == watched)
		return;
	watched = on;
	/* one that is lost may not be there */
	for (unsigned d = 0; d < NET_DEVICES; d++)
		watch(EPOLL_CTL_MOD, FD_NET + (int)d, watched_events(), d);
}

static void reopen(void)
{
	uint64_t now = time_now();

	if (!reopen_at || now < reopen_at)
		return;
	reopen_at = 0;
	for (unsigned d = 0; d < NET_DEVICES; d++) {
		struct net_device *device = &net_devices[d];

		if (device->up || !device->backend->reopen)
			continue;
		if (device->backend->reopen(d) && watch(EPOLL_CTL_ADD, FD_NET + (int)d, watched_events(), d)) {
			up_set(d, true);
			/* the guest's thread waits for what was there before */
			eventfd_write(FD_NET_WAKE, 1);
			message("device \"%s\": %s is back", net_config[d].name, device->value);
		} else {
			reopen_at = now + REOPEN_AFTER;
		}
	}
}

/* ms until something may have to be done though the host tells nothing */
static int timeout_choose(void)
{
	for (unsigned d = 0; charge_now() == BY_IO && d < NET_DEVICES; d++)
		if (net_devices[d].up && !net_devices[d].writable)
			return BUSY_LOOK;
	return reopen_at ? REOPEN_AFTER / 1000000 : -1;
}

/* takes what the host has to tell, within so many ms; true if there was anything */
static bool events_take(int timeout)
{
	struct epoll_event events[EVENTS];
	int count = epoll_pwait(FD_NET_EVENTS, events, EVENTS, timeout, NULL);

	/* the guest's thread is not to find them taken for nothing */
	if (!count && !reopen_at)
		return false;
	devices_take(BY_IO);
	for (int i = 0; i < count; i++) {
		unsigned source = events[i].data.u32;

		if (source == EVENT_SIGNAL) {
			signal_take();
		} else if (source < NET_DEVICES && net_devices[source].up) {
			net_devices[source].readable |= events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR);
			net_devices[source].writable |= events[i].events & (EPOLLOUT | EPOLLHUP | EPOLLERR);
		}
	}
	reopen();
	devices_give();
	return count > 0;
}

/*
 * While the guest's thread has the charge: looks now and then whether the guest
 * still rests often, and takes the charge if it runs on. While it rests for
 * long, there is nothing to look at until it goes on.
 */
static void stand_by(void)
{
	static unsigned seen;
	unsigned now = __atomic_load_n(&rests, __ATOMIC_RELAXED);
	int timeout = STAND_BY;

	devices_watch(false);
	/* it has them: the guest rests */
	if (!devices_try(BY_IO)) {
		events_take(STAND_BY);
		return;
	}
	if (now != seen) {
		/* it doesn't kick */
		for (unsigned d = 0; d < NET_DEVICES; d++) {
			queue_disarm(&net_devices[d].transmit);
			queue_disarm(&net_devices[d].receive);
		}
	} else if (__atomic_load_n(&guest_rests, __ATOMIC_ACQUIRE)) {
		__atomic_store_n(&io_sleeps, true, __ATOMIC_RELAXED);
		ring_barrier();
		/* a guest that goes on just now may not have seen that */
		if (__atomic_load_n(&guest_rests, __ATOMIC_ACQUIRE))
			timeout = timeout_choose();
	} else {
		charge_set(BY_IO);
		/* what the guest's thread found out counts for nothing, and costs one look */
		for (unsigned d = 0; d < NET_DEVICES; d++)
			net_devices[d].readable = net_devices[d].writable = net_devices[d].up;
	}
	devices_give();
	seen = now;
	if (charge_now() == BY_GUEST)
		events_take(timeout);
	__atomic_store_n(&io_sleeps, false, __ATOMIC_RELAXED);
}

/* true if anything was moved */
static bool move(void)
{
	bool signal = false, moved;

	devices_take(BY_IO);
	moved = charge_now() == BY_IO && frames_move(&signal);
	devices_give();
	if (signal)
		eventfd_write(FD_NET_WAKE, 1);
	return moved;
}

/* whether this thread has the charge no more, or the guest something for it */
static bool has_work(bool (*look)(struct queue *))
{
	bool work;

	devices_take(BY_IO);
	work = charge_now() != BY_IO || guest_has_news(look);
	devices_give();
	return work;
}

/*
 * Looks at the rings for a while before it sleeps: an answer to what was just
 * received often comes soon, and a kick costs the guest time. The while is
 * longer the more often that pays; at its shortest it costs next to nothing.
 */
static bool answer_await(void)
{
	static uint64_t patience = ANSWER_LEAST;
	uint64_t end;

	if (alone)
		return false;
	end = time_now() + patience;
	do {
		if (events_take(0))
			return true;
		for (unsigned i = 0; i < 16; i++) {
			if (has_work(queue_has_news)) {
				patience = patience * 2 > ANSWER_MOST ? ANSWER_MOST : patience * 2;
				return true;
			}
			spin_pause();
		}
	} while (time_now() < end);
	patience = patience / 2 < ANSWER_LEAST ? ANSWER_LEAST : patience / 2;
	return false;
}

static void in_charge(void)
{
	devices_watch(true);
	if (move())
		events_take(0);
	else if (!answer_await() && !has_work(queue_arm))
		events_take(timeout_choose());
}

static void io(void)
{
	for (;;)
		if (charge_now() == BY_IO)
			in_charge();
		else
			stand_by();
}

static void descriptor_make(int descriptor, int number)
{
	if (descriptor < 0)
		fail("descriptor of the network:");
	descriptor_place(descriptor, number);
}

static void watch_first(int descriptor, uint32_t events, unsigned source)
{
	if (!watch(EPOLL_CTL_ADD, descriptor, events, source))
		fail("epoll_ctl:");
}

void io_start(void)
{
	sigset_t signals;

	descriptor_make(epoll_create1(EPOLL_CLOEXEC), FD_NET_EVENTS);
	descriptor_make(eventfd(0, EFD_CLOEXEC), FD_NET_WAKE);
	wait_add(FD_NET_WAKE);
	sigemptyset(&signals);
	sigaddset(&signals, SIGUSR1);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	descriptor_make(signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC), FD_NET_SIGNALS);
	watch_first(FD_NET_SIGNALS, EPOLLIN | EPOLLET, EVENT_SIGNAL);
	for (unsigned d = 0; d < NET_DEVICES; d++) {
		int kick = FD_NET_KICK + (int)d;

		descriptor_make(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), kick);
		doorbell_bind(doorbell_net_kick + d, kick);
		watch_first(kick, EPOLLIN | EPOLLET, EVENT_KICK);
		watch_first(FD_NET + (int)d, watched_events(), d);
	}
	thread_start(io, &io_filter);
}
