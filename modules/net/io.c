/* SPDX-License-Identifier: ISC */
/*
 * net/io.c -- the thread that moves frames between the rings and the host
 *
 * It sleeps in epoll_pwait when there is nothing to move. Descriptors are
 * watched for changes only (EPOLLET), so that kicks need no read and nothing
 * is told twice: what is readable or writable is kept with the device until the
 * host says FRAME_AGAIN. While it looks at the rings by itself, the event
 * indices that it left there are old ones, and the guest doesn't kick.
 */
#include <sched.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "net.h"

enum {
	BATCH = 64,                     /* frames moved in one direction before it is another's turn */
	POLL_MOST = 50000,              /* ns that it looks at the rings before it sleeps */
	POLL_LEAST = 1000,
	REOPEN_AFTER = 1000000000,
	BUSY_MOST = 100000000,          /* ns that a guest may wait for a host that takes no frames */
	EVENTS = 16,
};

/* what epoll_pwait tells: a device, or one of these */
enum { EVENT_KICK = NET_DEVICES, EVENT_SIGNAL };

static bool alone;                      /* on the only processor: while it polled, the guest would not run */

static _Noreturn void damaged(unsigned d, const char *ring, const struct queue *queue)
{
	thread_guest_end("device \"%s\": the guest damaged its %s ring: %s 0x%lx",
			 net_config[d].name, ring, queue->fault, queue->fault_value);
}

static uint64_t reopen_at;              /* when a back end tries again; 0: none has to */

static void up_set(unsigned d, bool up)
{
	struct net_device *device = &net_devices[d];

	device->up = device->readable = device->writable = up;
	ring_store(&device->rings->up, up);
}

static void lost(unsigned d)
{
	struct net_device *device = &net_devices[d];

	up_set(d, false);
	if (device->ends)
		thread_guest_end("device \"%s\": %s is gone", net_config[d].name, device->value);
	message("device \"%s\": %s is gone; %s", net_config[d].name, device->value,
		device->backend->reopen ? "it is tried again every second" : "its frames are dropped");
	if (device->backend->reopen)
		reopen_at = time_now() + REOPEN_AFTER;
}

static enum outcome frame_send(unsigned d, const struct buffer *frame)
{
	struct net_device *device = &net_devices[d];
	enum outcome outcome;

	if (!device->up)
		return DROPPED_DOWN;
	outcome = device->writable ? device->backend->send(d, frame) : FRAME_AGAIN;
	if (outcome == FRAME_LOST) {
		lost(d);
		return DROPPED_DOWN;
	}
	if (outcome != FRAME_AGAIN)
		return outcome;
	if (device->writable)
		device->busy_since = time_now();
	device->writable = false;
	if (queue_guest_waits(&device->transmit) && time_now() - device->busy_since > BUSY_MOST)
		return DROPPED_BUSY;
	return FRAME_AGAIN;
}

/* true if anything was moved */
static bool transmit(unsigned d)
{
	struct net_device *device = &net_devices[d];
	enum queue_state state = QUEUE_EMPTY;
	struct buffer frame;
	unsigned count = 0;

	for (; count < BATCH && (state = queue_next(&device->transmit, &frame)) == QUEUE_READY; count++) {
		enum outcome outcome = frame_send(d, &frame);

		if (outcome == FRAME_AGAIN)
			break;
		device->sent[outcome]++;
		queue_done(&device->transmit, &frame, 0);
	}
	if (state == QUEUE_DAMAGED)
		damaged(d, "transmit", &device->transmit);
	return count;
}

static bool receive(unsigned d)
{
	struct net_device *device = &net_devices[d];
	enum queue_state state = QUEUE_EMPTY;
	struct buffer frame;
	unsigned count = 0;

	for (; count < BATCH && device->up && device->readable &&
	     (state = queue_next(&device->receive, &frame)) == QUEUE_READY; count++) {
		uint32_t size;
		enum outcome outcome = device->backend->receive(d, &frame, &size);

		if (outcome == FRAME_AGAIN) {
			device->readable = false;
			break;
		}
		if (outcome == FRAME_LOST) {
			lost(d);
			break;
		}
		device->received[outcome]++;
		if (outcome == FRAME_MOVED)
			queue_done(&device->receive, &frame, size);
	}
	if (state == QUEUE_DAMAGED)
		damaged(d, "receive", &device->receive);
	return count;
}

static bool frames_move(void)
{
	bool moved = false, signal = false;

	for (unsigned d = 0; d < NET_DEVICES; d++) {
		moved |= transmit(d);
		moved |= receive(d);
		signal |= queue_signal(&net_devices[d].transmit);
		signal |= queue_signal(&net_devices[d].receive);
	}
	if (signal)
		eventfd_write(FD_NET_WAKE, 1);
	return moved;
}

/* whether frames_move would have something to do by what the guest did */
static bool guest_has_news(bool (*look)(struct queue *))
{
	bool news = false;

	for (unsigned d = 0; d < NET_DEVICES; d++) {
		struct net_device *device = &net_devices[d];

		news |= look(&device->transmit) && (device->writable || !device->up);
		news |= look(&device->receive) && device->readable && device->up;
	}
	return news;
}

static bool queue_has_news(struct queue *queue)
{
	return ring_load(&queue->ring->available.index) != queue->done;
}

static void signal_take(void)
{
	struct signalfd_siginfo information;

	while (read(FD_NET_SIGNALS, &information, sizeof(information)) == sizeof(information))
		stats_print();
}

static bool watch(int descriptor, uint32_t events, unsigned source)
{
	struct epoll_event event = {.events = events | EPOLLET, .data.u32 = source};

	return !epoll_ctl(FD_NET_EVENTS, EPOLL_CTL_ADD, descriptor, &event);
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
		if (device->backend->reopen(d) && watch(FD_NET + (int)d, EPOLLIN | EPOLLOUT, d)) {
			up_set(d, true);
			message("device \"%s\": %s is back", net_config[d].name, device->value);
		} else {
			reopen_at = now + REOPEN_AFTER;
		}
	}
}

/* ms until something may have to be done though the host tells nothing */
static int timeout_choose(void)
{
	for (unsigned d = 0; d < NET_DEVICES; d++)
		if (net_devices[d].up && !net_devices[d].writable)
			return BUSY_MOST / 1000000;
	return reopen_at ? REOPEN_AFTER / 1000000 : -1;
}

/* takes what the host has to tell, waiting for it or not; true if there was anything */
static bool events_take(bool waits)
{
	int timeout = waits ? timeout_choose() : 0;
	struct epoll_event events[EVENTS];
	int count = epoll_pwait(FD_NET_EVENTS, events, EVENTS, timeout, NULL);

	for (int i = 0; i < count; i++) {
		unsigned source = events[i].data.u32;

		if (source == EVENT_SIGNAL) {
			signal_take();
		} else if (source < NET_DEVICES) {
			net_devices[source].readable |= events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR);
			net_devices[source].writable |= events[i].events & (EPOLLOUT | EPOLLHUP | EPOLLERR);
		}
	}
	reopen();
	return count > 0;
}

/*
 * Looks at the rings for a while before it sleeps: an answer to what was just
 * received often comes soon, and a kick costs the guest time. The while is
 * longer the more often that pays; at its shortest it costs next to nothing.
 */
static bool answer_await(void)
{
	static uint64_t patience = POLL_LEAST;
	uint64_t end;

	if (alone)
		return false;
	end = time_now() + patience;
	do {
		if (events_take(false))
			return true;
		for (unsigned i = 0; i < 16; i++) {
			if (guest_has_news(queue_has_news)) {
				patience = patience * 2 > POLL_MOST ? POLL_MOST : patience * 2;
				return true;
			}
			spin_pause();
		}
	} while (time_now() < end);
	patience = patience / 2 < POLL_LEAST ? POLL_LEAST : patience / 2;
	return false;
}

static void io(void)
{
	for (;;)
		if (frames_move())
			events_take(false);
		else if (!answer_await() && !guest_has_news(queue_arm))
			events_take(true);
}

static void descriptor_make(int descriptor, int number)
{
	if (descriptor < 0)
		fail("descriptor of the network:");
	descriptor_place(descriptor, number);
}

static void watch_first(int descriptor, uint32_t events, unsigned source)
{
	if (!watch(descriptor, events, source))
		fail("epoll_ctl:");
}

void io_start(void)
{
	cpu_set_t processors;
	sigset_t signals;

	alone = !sched_getaffinity(0, sizeof(processors), &processors) && CPU_COUNT(&processors) < 2;
	descriptor_make(epoll_create1(EPOLL_CLOEXEC), FD_NET_EVENTS);
	descriptor_make(eventfd(0, EFD_CLOEXEC), FD_NET_WAKE);
	wait_add(FD_NET_WAKE);
	sigemptyset(&signals);
	sigaddset(&signals, SIGUSR1);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	descriptor_make(signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC), FD_NET_SIGNALS);
	watch_first(FD_NET_SIGNALS, EPOLLIN, EVENT_SIGNAL);
	for (unsigned d = 0; d < NET_DEVICES; d++) {
		int kick = FD_NET_KICK + (int)d;

		descriptor_make(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), kick);
		doorbell_bind(doorbell_net_kick + d, kick);
		watch_first(kick, EPOLLIN, EVENT_KICK);
		watch_first(FD_NET + (int)d, EPOLLIN | EPOLLOUT, d);
	}
	thread_start(io, &io_filter);
}
