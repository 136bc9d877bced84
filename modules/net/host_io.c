/* SPDX-License-Identifier: ISC */
/*
 * net/host_io.c -- the I/O thread: moves frames while the guest runs, reopens lost back ends, prints counters
 *
 * It sleeps in epoll_pwait when there is nothing to move. Descriptors are edge
 * triggered (EPOLLET), so kicks need no read and no event is reported twice. Each
 * device keeps its readiness until a back end returns FRAME_AGAIN. While this
 * thread spins, or the guest's thread owns the devices, the event indices in the
 * rings are out of date, so that the guest doesn't kick.
 */
#include <errno.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "counted.h"
#include "handoff.h"
#include "move.h"

enum {
	PATIENCE_MOST = 50000,          /* ns that it spins before it sleeps */
	PATIENCE_LEAST = 1000,
	STAND_BY = 2,                   /* ms between polls of the guest's state */
	BUSY_LOOK = 100,                /* ms between tries while the host takes no frames */
	EVENTS = 16,
};

/* the data of an epoll event: a device, or one of these */
enum { EVENT_KICK = NET_DEVICES, EVENT_SIGNAL, EVENT_REOPENED, EVENT_PACE };

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

static bool watched = true;             /* devices are watched for frames and for room */

static uint32_t watched_events(void)
{
	return watched ? EPOLLIN | EPOLLOUT | EPOLLET : EPOLLET;
}

static void devices_watch(bool on)
{
	if (on == watched)
		return;
	watched = on;
	/* a lost one may have no descriptor */
	for (unsigned d = 0; d < NET_DEVICES; d++)
		watch(EPOLL_CTL_MOD, FD_NET + (int)d, watched_events(), d);
	if (PACED)
		watch(EPOLL_CTL_MOD, pace_descriptor(), watched_events(), EVENT_PACE);
}

/* with the lock: asks for lost devices to be reopened when they are due */
static void reopen(void)
{
	uint64_t at = __atomic_load_n(&reopen_at, __ATOMIC_RELAXED);

	if (!at || time_now() < at)
		return;
	for (unsigned d = 0; d < NET_DEVICES; d++) {
		struct net_device *device = &net_devices[d];

		if (device->up || !device->reopens || device->asked)
			continue;
		device->asked = true;
		net_reopener->ask(d);
	}
	__atomic_store_n(&reopen_at, 0, __ATOMIC_RELAXED);
}

/* with the lock: handles the answers; each reason for a failure is printed once */
static void reopened_take(void)
{
	unsigned d;
	int error;

	while (net_reopener && net_reopener->answer(&d, &error)) {
		struct net_device *device = &net_devices[d];

		device->asked = false;
		if (error || !watch(EPOLL_CTL_ADD, FD_NET + (int)d, watched_events(), d)) {
			if (error)
				errno = error;
			if (error != device->reason)
				message("device \"%s\": %s: %m", net_config[d].name, device->value);
			device->reason = error;
			__atomic_store_n(&reopen_at, time_now() + REOPEN_AFTER, __ATOMIC_RELAXED);
			continue;
		}
		device->reason = 0;
		up_set(d, true);
		if (COUNTED)
			counted_restart(d);
		/* the guest's thread is still waiting on the old descriptor */
		eventfd_write(FD_NET_WAKE, 1);
		message("device \"%s\": %s is back", net_config[d].name, device->value);
	}
}

/* with the lock: ms until there may be work even without an event */
static int timeout_choose(void)
{
	for (unsigned d = 0; handoff_owner() == OWNER_IO && d < NET_DEVICES; d++)
		if (net_devices[d].up && !net_devices[d].writable)
			return BUSY_LOOK;
	return __atomic_load_n(&reopen_at, __ATOMIC_RELAXED) ? REOPEN_AFTER / 1000000 : -1;
}

/* handles events of the next timeout ms; true if there were any */
static bool events_take(int timeout)
{
	struct epoll_event events[EVENTS];
	int count = epoll_pwait(FD_NET_EVENTS, events, EVENTS, timeout, NULL);

	/* without the lock, which the other thread may hold most of the time */
	for (int i = 0; i < count; i++)
		if (events[i].data.u32 == EVENT_SIGNAL)
			signal_take();
	/* without the lock, so that the guest's thread rarely finds it taken */
	if (!count && !__atomic_load_n(&reopen_at, __ATOMIC_RELAXED))
		return false;
	handoff_lock(OWNER_IO);
	for (int i = 0; i < count; i++) {
		unsigned source = events[i].data.u32;

		if (source < NET_DEVICES && net_devices[source].up) {
			net_devices[source].readable |= events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR);
			net_devices[source].writable |= events[i].events & (EPOLLOUT | EPOLLHUP | EPOLLERR);
		}
	}
	reopen();
	reopened_take();
	handoff_unlock();
	return count > 0;
}

/* keeps the guest from kicking, since its own thread moves frames soon */
static void rings_disarm(void)
{
	for (unsigned d = 0; d < NET_DEVICES; d++) {
		queue_disarm(&net_devices[d].transmit);
		queue_disarm(&net_devices[d].receive);
	}
}

/* marks every device as ready: trying costs one system call each */
static void devices_look_anew(void)
{
	for (unsigned d = 0; d < NET_DEVICES; d++)
		net_devices[d].readable = net_devices[d].writable = net_devices[d].up;
}

/*
 * While the guest's thread is the owner: polls whether the guest still yields, and
 * becomes the owner if it doesn't. While the guest is idle for long, this thread
 * is parked until it wakes up.
 */
static void stand_by(void)
{
	int timeout = STAND_BY;

	devices_watch(false);
	/* if this fails, the guest's thread has the lock: the guest is idle */
	if (handoff_trylock(OWNER_IO)) {
		switch (handoff_activity()) {
		case GUEST_WOKE_UP:
			rings_disarm();
			break;
		case GUEST_IS_IDLE:
			if (handoff_park())
				timeout = timeout_choose();
			break;
		case GUEST_RUNS_ON:
			handoff_take();
			devices_look_anew();
			break;
		}
		handoff_unlock();
	}
	if (handoff_owner() == OWNER_GUEST)
		events_take(timeout);
	handoff_unpark();
}

/* true if anything was moved */
static bool move(void)
{
	bool signal = false, moved;

	handoff_lock(OWNER_IO);
	moved = handoff_owner() == OWNER_IO && frames_move(&signal);
	handoff_unlock();
	if (signal)
		eventfd_write(FD_NET_WAKE, 1);
	return moved;
}

/* whether this thread no longer is the owner, or the guest has frames to send */
static bool has_work(void)
{
	bool work;

	handoff_lock(OWNER_IO);
	work = handoff_owner() != OWNER_IO || guest_has_news(queue_has_news);
	handoff_unlock();
	return work;
}

/* has the guest kick, and sleeps unless there is work by now */
static void wait(void)
{
	int timeout = 0;

	handoff_lock(OWNER_IO);
	if (handoff_owner() == OWNER_IO && !guest_has_news(queue_arm))
		timeout = timeout_choose();
	handoff_unlock();
	events_take(timeout);
}

/*
 * Polls the rings for a while before it sleeps: the answer to a received frame
 * often comes soon, and a kick costs the guest time. The time adapts to how often
 * that succeeds; the minimum costs next to nothing.
 */
static bool answer_await(void)
{
	static uint64_t patience = PATIENCE_LEAST;
	uint64_t end;

	if (handoff_single_cpu)
		return false;
	end = time_now() + patience;
	do {
		if (events_take(0))
			return true;
		for (unsigned i = 0; i < 16; i++) {
			if (has_work()) {
				patience = patience * 2 > PATIENCE_MOST ? PATIENCE_MOST : patience * 2;
				return true;
			}
			spin_pause();
		}
	} while (time_now() < end);
	patience = patience / 2 < PATIENCE_LEAST ? PATIENCE_LEAST : patience / 2;
	return false;
}

static void serve(void)
{
	devices_watch(true);
	if (move())
		events_take(0);
	else if (!answer_await())
		wait();
}

static void io(void)
{
	for (;;)
		if (handoff_owner() == OWNER_IO)
			serve();
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
	const sigset_t signals = {{1ul << (SIGUSR1 - 1)}};

	descriptor_make(epoll_create1(EPOLL_CLOEXEC), FD_NET_EVENTS);
	descriptor_make(eventfd(0, EFD_CLOEXEC), FD_NET_WAKE);
	wait_add(FD_NET_WAKE);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	descriptor_make(signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC), FD_NET_SIGNALS);
	watch_first(FD_NET_SIGNALS, EPOLLIN | EPOLLET, EVENT_SIGNAL);
	if (net_reopener)
		watch_first(net_reopener->descriptor, EPOLLIN | EPOLLET, EVENT_REOPENED);
	if (PACED)
		watch_first(pace_descriptor(), watched_events(), EVENT_PACE);
	for (unsigned d = 0; d < NET_DEVICES; d++) {
		int kick = FD_NET_KICK + (int)d;

		descriptor_make(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), kick);
		doorbell_bind(doorbell_net_kick + d, kick);
		watch_first(kick, EPOLLIN | EPOLLET, EVENT_KICK);
		watch_first(FD_NET + (int)d, watched_events(), d);
	}
	thread_start(io, &io_filter);
}
