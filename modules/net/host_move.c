/* SPDX-License-Identifier: ISC */
/* net/host_move.c -- moves frames between the rings and the host, and counts what becomes of them */
#include "move.h"

#include <sys/eventfd.h>

#include "counted.h"
#include "handoff.h"

enum {
	BATCH = 64,                     /* frames moved in one direction before the next one's turn */
	BUSY_MOST = 100000000,          /* ns before frames that the host doesn't take are dropped */
};

uint64_t reopen_at;

/* each thread ends the guest in its own way, after releasing the lock */
#define END(...) \
	do { \
		enum owner thread = handoff_holder(); \
		\
		handoff_unlock(); \
		if (thread == OWNER_IO) \
			thread_guest_end(__VA_ARGS__); \
		guest_end(__VA_ARGS__); \
	} while (0)

static _Noreturn void damaged(unsigned d, const char *ring, const struct queue *queue)
{
	/* without the lock, the other thread may find damage, too */
	const char *fault = queue->fault;
	unsigned long value = queue->fault_value;

	END("device \"%s\": the guest damaged its %s ring: %s 0x%lx", net_config[d].name, ring, fault, value);
}

void up_set(unsigned d, bool up)
{
	struct net_device *device = &net_devices[d];

	device->up = device->readable = device->writable = up;
	ring_store(&device->rings->up, up);
}

static void lost(unsigned d)
{
	struct net_device *device = &net_devices[d];

	up_set(d, false);
	if (COUNTED)
		counted_lost(d);
	if (device->ends)
		END("device \"%s\": %s is gone", net_config[d].name, device->value);
	message("device \"%s\": %s is gone; %s", net_config[d].name, device->value,
		device->reopens ? "it is tried again every second" : "its frames are dropped");
	if (!device->reopens)
		return;
	__atomic_store_n(&reopen_at, time_now() + REOPEN_AFTER, __ATOMIC_RELAXED);
	/* only the I/O thread reopens, and it may be asleep */
	if (handoff_holder() == OWNER_GUEST)
		eventfd_write(FD_NET_KICK, 1);
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

static void count(uint64_t *frames, enum outcome outcome)
{
	__atomic_store_n(&frames[outcome], frames[outcome] + 1, __ATOMIC_RELAXED);
}

/* true if anything was moved or dropped */
static bool transmit(unsigned d)
{
	struct net_device *device = &net_devices[d];
	enum queue_state state = QUEUE_EMPTY;
	struct buffer frame;
	unsigned i = 0;

	if (PACED)
		pace_release(d, SEND);
	for (; i < BATCH && (state = queue_next(&device->transmit, &frame)) == QUEUE_READY; i++) {
		enum outcome outcome;

		if (OFFLOADS && frame.offload && (state = offload_check(&device->transmit, &frame)) == QUEUE_DAMAGED)
			break;
		if (PACED && device->up && !pace_allows(d, SEND, frame.size))
			break;
		outcome = frame_send(d, &frame);
		if (outcome == FRAME_AGAIN)
			break;
		if (PACED && outcome != DROPPED_DOWN)
			pace_count(d, SEND, frame.size);
		count(device->sent, outcome);
		if (COUNTED && outcome == FRAME_MOVED)
			counted_frame(d, SEND, frame.size);
		queue_done(&device->transmit, &frame, 0);
		if (OFFLOADS && frame.offload)
			offload_done(&device->transmit);
	}
	if (state == QUEUE_DAMAGED)
		damaged(d, "transmit", &device->transmit);
	return i > 0;
}

static bool is_readable(unsigned d)
{
	return net_devices[d].readable || (RECEIVES_LARGE && large_has_rest(d));
}

static bool receive(unsigned d)
{
	struct net_device *device = &net_devices[d];
	enum queue_state state = QUEUE_EMPTY;
	struct buffer frame;
	unsigned i = 0;

	if (PACED)
		pace_release(d, RECEIVE);
	for (; i < BATCH && device->up && is_readable(d) &&
	     (state = queue_next(&device->receive, &frame)) == QUEUE_READY; i++) {
		uint32_t size = 0;
		enum outcome outcome;

		if (PACED && !pace_allows(d, RECEIVE, NET_LONGEST(device->mtu)))
			break;
		outcome = device->backend->receive(d, &frame, &size);
		if (outcome == FRAME_AGAIN) {
			device->readable = false;
			break;
		}
		if (outcome == FRAME_LOST) {
			lost(d);
			break;
		}
		if (outcome == FRAME_PART)
			continue;
		if (PACED)
			pace_count(d, RECEIVE, size);
		count(device->received, outcome);
		if (COUNTED && outcome == FRAME_MOVED)
			counted_frame(d, RECEIVE, size);
		if (outcome == FRAME_MOVED && !(RECEIVES_LARGE && device->offloads))
			queue_done(&device->receive, &frame, size);
	}
	if (state == QUEUE_DAMAGED)
		damaged(d, "receive", &device->receive);
	return i > 0;
}

bool frames_move(bool *signal)
{
	bool moved = false;

	for (unsigned d = 0; d < NET_DEVICES; d++) {
		moved |= transmit(d);
		moved |= receive(d);
		*signal |= queue_signal(&net_devices[d].transmit);
		*signal |= queue_signal(&net_devices[d].receive);
	}
	return moved;
}

static bool is_held(unsigned d, enum direction direction)
{
	return PACED && pace_holds(d, direction);
}

bool guest_has_news(bool (*look)(struct queue *))
{
	bool news = false;

	for (unsigned d = 0; d < NET_DEVICES; d++) {
		struct net_device *device = &net_devices[d];

		news |= look(&device->transmit) && ((device->writable && !is_held(d, SEND)) || !device->up);
		news |= look(&device->receive) && is_readable(d) && device->up && !is_held(d, RECEIVE);
	}
	return news;
}
