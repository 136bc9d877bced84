/* SPDX-License-Identifier: ISC */
/*
 * net/guest.c -- solo5.h's network devices, and uk.h's, on rings
 *
 * Descriptor i of the receive ring always describes buffer i; so does one of the transmit ring, unless there are frames
 * in parts. Sending and receiving needs no exit; the guest rings the doorbell only if the monitor's event index asks for it.
 * A tag of VLAN 0 is removed before the application sees a frame. The guest touches
 * no more buffers than frames were in flight at once, since a touched buffer is
 * private memory of the appliance for good.
 */
#include <string.h>

#include "guest.h"
#include "ring.h"
#include "uk.h"

struct net_rings shared_net_rings[NET_DEVICES];

static uint8_t places[NET_DEVICES][2][NET_PLACES_SIZE] __attribute__((aligned(64)));
enum { TRANSMIT, RECEIVE };

enum { RECEIVE_FIRST = 16 };    /* receive buffers that the monitor gets at first */

static struct state {
	bool acquired;
	uint32_t mtu, stride, places;
	uint16_t sent, taken, given;    /* indices: transmit available, receive used, receive available */
	uint32_t place;                 /* descriptor of the next frame to send */
	uint32_t buffer;                /* its buffer, where it may be another */
	uint32_t receives;              /* receive buffers in use */
	uint16_t reclaimed;             /* index: what was sent up to it has been told to its owners */
	void (*release)(void *owner);
	bool continues;                 /* the next part to take isn't a frame's first */
	uint8_t *reserved;
} states[NET_DEVICES];

/* the device's index; -1 if the handle isn't one of an acquired device */
static int device_of(solo5_handle_t handle)
{
	const struct device *device = device_get(handle, DEVICE_NET_BASIC);

	return device && states[device->index].acquired ? (int)device->index : -1;
}

static uint8_t *place_of(int d, int direction, uint32_t place)
{
	return places[d][direction] + (size_t)place * states[d].stride + NET_PADDING;
}

/* publishes the index, which grew by count, and rings the doorbell if the monitor waits for that */
static void publish(int d, struct net_queue *queue, uint16_t index, unsigned count)
{
	ring_store(&queue->available.index, index);
	ring_barrier();
	if (vring_need_event(ring_load(&queue->used.available_event), index, (uint16_t)(index - count)))
		doorbell_net_kick((unsigned)d);
}

static void give(int d, uint32_t place)
{
	struct net_queue *queue = &shared_net_rings[d].receive;

	queue->available.ring[states[d].given % NET_RING_SIZE] = (uint16_t)place;
	publish(d, queue, ++states[d].given, 1);
}

/* doubles the number of receive buffers, up to all of them */
static void receives_double(int d)
{
	struct state *state = &states[d];
	uint32_t most = state->receives ? 2 * state->receives : RECEIVE_FIRST;

	for (; state->receives < most && state->receives < state->places; state->receives++) {
		shared_net_rings[d].receive.descriptors[state->receives] = (struct vring_desc){
			.addr = (uintptr_t)place_of(d, RECEIVE, state->receives),
			.len = state->stride - NET_PADDING,
			.flags = VRING_DESC_F_WRITE,
		};
		give(d, state->receives);
	}
}

solo5_result_t solo5_net_acquire(const char *name, solo5_handle_t *handle, struct solo5_net_info *info)
{
	const struct device *device = device_find(name, DEVICE_NET_BASIC);
	struct state *state;

	if (!device)
		return SOLO5_R_EINVAL;
	state = &states[device->index];
	state->acquired = true;
	state->mtu = boot_info->net[device->index].mtu;
	state->stride = NET_STRIDE(state->mtu);
	state->places = NET_PLACES(state->mtu);
	receives_double((int)device->index);
	*handle = device_handle(device);
	info->mtu = state->mtu;
	for (unsigned i = 0; i < SOLO5_NET_ALEN; i++)
		info->mac_address[i] = boot_info->net[device->index].mac[i];
	return SOLO5_R_OK;
}

bool uk_net_is_up(solo5_handle_t handle)
{
	int d = device_of(handle);

	return d >= 0 && ring_load(&shared_net_rings[d].up);
}

/* frames committed but not sent yet */
static uint16_t in_flight(int d)
{
	return (uint16_t)(states[d].sent - ring_load(&shared_net_rings[d].transmit.used.index));
}

/* how many descriptors are free, and as many buffers; the first ones are used again once nothing is in flight */
static uint32_t places_left(int d)
{
	struct state *state = &states[d];
	uint16_t flight = in_flight(d);

	if (!flight)
		state->place = state->buffer = 0;
	return state->places - flight;
}

static uint8_t *buffer_next(int d)
{
	return place_of(d, TRANSMIT, OFFLOADS ? states[d].buffer : states[d].place);
}

solo5_result_t uk_net_reserve(solo5_handle_t handle, uint8_t **frame)
{
	int d = device_of(handle);

	if (d < 0)
		return SOLO5_R_EINVAL;
	if (!ring_load(&shared_net_rings[d].up))
		return SOLO5_R_EUNSPEC;
	if (!places_left(d))
		return SOLO5_R_AGAIN;
	states[d].reserved = *frame = buffer_next(d);
	return SOLO5_R_OK;
}

/* puts what the next descriptor describes behind all that is to be sent */
static void add(int d, const void *bytes, size_t size, uint16_t flags, uint16_t next)
{
	struct net_queue *queue = &shared_net_rings[d].transmit;
	struct state *state = &states[d];

	queue->descriptors[state->place].addr = (uintptr_t)bytes;
	queue->descriptors[state->place].len = (uint32_t)size;
	if (OFFLOADS) {
		queue->descriptors[state->place].flags = flags;
		queue->descriptors[state->place].next = next;
	}
	queue->available.ring[state->sent % NET_RING_SIZE] = (uint16_t)state->place;
	state->place = (state->place + 1) % state->places;
	state->sent++;
}

/* the reserved buffer */
static void add_reserved(int d, size_t size, uint16_t flags, uint16_t next)
{
	struct state *state = &states[d];

	add(d, state->reserved, size, flags, next);
	state->reserved = NULL;
	if (OFFLOADS)
		state->buffer = (state->buffer + 1) % state->places;
}

solo5_result_t uk_net_commit(solo5_handle_t handle, size_t size)
{
	int d = device_of(handle);

	if (d < 0 || !states[d].reserved || size < NET_HEADER || size > NET_LONGEST(states[d].mtu))
		return SOLO5_R_EINVAL;
	add_reserved(d, size, 0, 0);
	publish(d, &shared_net_rings[d].transmit, states[d].sent, 1);
	return SOLO5_R_OK;
}

/* Sleeps until at most that many are in flight. The monitor drops frames that the host doesn't take within 0.1 s. */
static void flight_await(int d, uint32_t most)
{
	struct net_queue *queue = &shared_net_rings[d].transmit;

	while (in_flight(d) > most) {
		ring_store(&queue->available.used_event, (uint16_t)(states[d].sent - most - 1));
		ring_barrier();
		if (in_flight(d) > most)
			hypercall_yield(UINT64_MAX);
	}
}

solo5_result_t solo5_net_write(solo5_handle_t handle, const uint8_t *buf, size_t size)
{
	solo5_result_t result;
	uint8_t *frame;
	int d = device_of(handle);

	if (d < 0 || size < NET_HEADER || size > NET_LONGEST(states[d].mtu))
		return SOLO5_R_EINVAL;
	/* once the ring is full, half of it at a time */
	if (!places_left(d))
		flight_await(d, in_flight(d) / 2u);
	result = uk_net_reserve(handle, &frame);
	if (result != SOLO5_R_OK)
		return result;
	memcpy(frame, buf, size);
	return uk_net_commit(handle, size);
}

_Static_assert(UK_NET_PARTS == NET_PARTS, "uk.h has the ring's limit");

bool uk_net_offloads(solo5_handle_t handle)
{
	int d = device_of(handle);

	return OFFLOADS && d >= 0 && boot_info->net[d].offloads && states[d].places > NET_PARTS;
}

/* who is told when what a descriptor describes was sent */
static void *owners[NET_DEVICES][NET_RING_SIZE];

void uk_net_reclaim(solo5_handle_t handle)
{
	int d = device_of(handle);

	if (!OFFLOADS || d < 0)
		return;
	while (states[d].reclaimed != ring_load(&shared_net_rings[d].transmit.used.index)) {
		void **slot = &owners[d][states[d].reclaimed++ % NET_RING_SIZE], *owner = *slot;

		*slot = NULL;
		if (owner)
			states[d].release(owner);
	}
}

solo5_result_t uk_net_reserve_tcp(solo5_handle_t handle, unsigned count, uint8_t **frame)
{
	int d = device_of(handle);

	if (!uk_net_offloads(handle) || count > NET_PARTS)
		return SOLO5_R_EINVAL;
	if (!ring_load(&shared_net_rings[d].up))
		return SOLO5_R_EUNSPEC;
	while (places_left(d) < count + 1)
		flight_await(d, in_flight(d) / 2u);
	uk_net_reclaim(handle);
	states[d].reserved = *frame = buffer_next(d);
	return SOLO5_R_OK;
}

/* bytes of all parts; more than a frame has if one is too long */
static size_t parts_size(const struct uk_net_part *parts, unsigned count)
{
	size_t size = 0;

	for (unsigned i = 0; i < count; i++)
		size += parts[i].size && parts[i].size <= NET_LARGEST ? parts[i].size : NET_LARGEST + 1;
	return size;
}

solo5_result_t uk_net_commit_tcp(solo5_handle_t handle, size_t size, const struct uk_net_part *parts, unsigned count, size_t segment,
				 void (*release)(void *owner))
{
	int d = device_of(handle);

	if (!uk_net_offloads(handle) || !states[d].reserved || count > NET_PARTS || in_flight(d) + count >= states[d].places ||
	    size < NET_HEADER || size > NET_LONGEST(states[d].mtu) || size + parts_size(parts, count) > NET_LARGEST ||
	    segment > NET_LARGEST || (segment && segment < NET_SEGMENT_LEAST))
		return SOLO5_R_EINVAL;
	states[d].release = release;
	add_reserved(d, size, count ? NET_OFFLOAD | NET_MORE : NET_OFFLOAD, (uint16_t)segment);
	for (unsigned i = 0; i < count; i++) {
		owners[d][states[d].sent % NET_RING_SIZE] = parts[i].owner;
		add(d, parts[i].bytes, parts[i].size, i + 1 < count ? NET_MORE : 0, 0);
	}
	publish(d, &shared_net_rings[d].transmit, states[d].sent, count + 1);
	return SOLO5_R_OK;
}

/* moves the addresses up over the tag, so that the rest of the frame stays aligned */
static const uint8_t *tag_remove(uint8_t *frame, size_t *size)
{
	for (unsigned i = NET_ADDRESSES; i-- > 0;)
		frame[i + NET_TAG] = frame[i];
	*size -= NET_TAG;
	return frame + NET_TAG;
}

/* takes the content of the next buffer; *length is the descriptor's */
static solo5_result_t take(int d, const uint8_t **frame, size_t *size, uint32_t *length)
{
	struct net_queue *queue;
	uint8_t *place;

	if (d < 0)
		return SOLO5_R_EINVAL;
	queue = &shared_net_rings[d].receive;
	if (ring_load(&queue->used.index) == states[d].taken)
		return SOLO5_R_AGAIN;
	place = place_of(d, RECEIVE, queue->used.ring[states[d].taken % NET_RING_SIZE].id);
	*length = queue->used.ring[states[d].taken % NET_RING_SIZE].len;
	*size = RECEIVES_LARGE ? NET_SIZE(*length) : *length;
	*frame = !(RECEIVES_LARGE && states[d].continues) && net_has_priority(place, *size) ? tag_remove(place, size) : place;
	if (RECEIVES_LARGE)
		states[d].continues = *length & NET_CONTINUES;
	states[d].taken++;
	/* the monitor has none left for the frames that follow */
	if (ring_load(&queue->used.index) == states[d].given)
		receives_double(d);
	return SOLO5_R_OK;
}

solo5_result_t uk_net_take(solo5_handle_t handle, const uint8_t **frame, size_t *size)
{
	int d = device_of(handle);
	uint32_t length;

	for (;;) {
		bool begins = !(RECEIVES_LARGE && d >= 0 && states[d].continues);
		solo5_result_t result = take(d, frame, size, &length);

		if (!RECEIVES_LARGE || result != SOLO5_R_OK || (begins && !(length & NET_CONTINUES)))
			return result;
		/* a part of a large one, which the caller hasn't asked for */
		uk_net_release(handle, *frame);
	}
}

/* whether the application holds so many buffers that frames could soon find none */
static bool are_scarce(int d)
{
	uint16_t waiting = (uint16_t)(states[d].given - states[d].taken);

	return states[d].receives - waiting > states[d].places / 2;
}

solo5_result_t uk_net_take_large(solo5_handle_t handle, const uint8_t **frame, size_t *size, unsigned *flags)
{
	int d = device_of(handle);
	uint32_t length;
	solo5_result_t result = take(d, frame, size, &length);

	if (result != SOLO5_R_OK)
		return result;
	*flags = are_scarce(d) ? UK_NET_SCARCE : 0;
	if (RECEIVES_LARGE)
		*flags |= (length & NET_SUMMED ? UK_NET_SUMMED : 0) | (length & NET_CONTINUES ? UK_NET_CONTINUES : 0);
	return SOLO5_R_OK;
}

solo5_result_t uk_net_release(solo5_handle_t handle, const uint8_t *frame)
{
	int d = device_of(handle);
	size_t offset;

	if (d < 0)
		return SOLO5_R_EINVAL;
	offset = (size_t)(frame - NET_PADDING - places[d][RECEIVE]);
	if ((offset % states[d].stride && offset % states[d].stride != NET_TAG) || offset / states[d].stride >= states[d].receives ||
	    (uint16_t)(states[d].given - states[d].taken) >= states[d].receives)
		return SOLO5_R_EINVAL;
	give(d, (uint32_t)(offset / states[d].stride));
	return SOLO5_R_OK;
}

solo5_result_t solo5_net_read(solo5_handle_t handle, uint8_t *buf, size_t size, size_t *read_size)
{
	solo5_result_t result;
	const uint8_t *frame;
	int d = device_of(handle);

	if (d < 0 || size < NET_LONGEST(states[d].mtu))
		return SOLO5_R_EINVAL;
	result = uk_net_take(handle, &frame, read_size);
	if (result != SOLO5_R_OK)
		return result;
	memcpy(buf, frame, *read_size);
	return uk_net_release(handle, frame);
}

static solo5_handle_set_t ready(void)
{
	solo5_handle_set_t set = 0;

	for (unsigned i = 0; i < device_count; i++) {
		int d = device_of(i + 1);

		if (d >= 0 && ring_load(&shared_net_rings[d].receive.used.index) != states[d].taken)
			set |= 1ul << (i + 1);
	}
	return set;
}

/* the set of devices that have a frame; if it is empty, the monitor will signal the next frame */
uint64_t net_poll(void)
{
	solo5_handle_set_t set = ready();

	if (set)
		return set;
	for (unsigned d = 0; d < NET_DEVICES; d++)
		ring_store(&shared_net_rings[d].receive.available.used_event, states[d].taken);
	ring_barrier();
	return ready();
}

/* waits until all committed frames are sent */
void net_finish(void)
{
	for (unsigned d = 0; d < NET_DEVICES; d++)
		flight_await((int)d, 0);
}
