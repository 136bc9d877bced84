/* SPDX-License-Identifier: ISC */
/*
 * fuzz_large.c -- frames over several buffers of a ring, with a guest that changes it between any two loads
 *
 * The input is what the guest and the network do. Each buffer is touched whole, in memory of exactly
 * the guest's size. A guest that changes nothing but by its own rules, as an even first byte says, gets each frame as it was sent.
 *
 *   FUZZ_FLAGS = -Icore -Imodules/net -DCONFIG_NET_RING=64 -DCONFIG_NET_OFFLOADED=1 -DCONFIG_NET_LARGE_RECEIVED=1 -DNET_DEVICES=1 -DFD_NET=100
 */
#include <linux/virtio_net.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>

/* what the module takes from the core */
#define CORE_H
void *guest_memory(uint64_t address, uint64_t size, bool write);

#include "net.h"

enum {
	MTU = 1500,
	PLACES = 64,
	GUEST_START = 0x100000,
	PLACE = NET_ROOM(MTU) + 1,
	GUEST_SIZE = PLACES * PLACE,
};

struct net_device net_devices[1];

static struct net_rings rings;
static struct net_queue *const ring = &rings.receive;
static uint8_t *guest;
static const uint8_t *input;
static size_t input_left;
static bool hostile;

static unsigned input_byte(void)
{
	if (!input_left)
		return 0;
	input_left--;
	return *input++;
}

static uint64_t load(const void *from, size_t size)
{
	uint64_t value = 0;

	memcpy(&value, from, size);
	if (hostile && input_byte() & 1) {
		uint64_t other = input_byte() % 2 ? input_byte() : GUEST_START + input_byte() * (uint64_t)PLACE;

		memcpy((void *)from, &other, size);
	}
	return value;
}

#undef ring_load
#define ring_load(from) ((__typeof__(*(from)))load((from), sizeof(*(from))))

static long network_call(long number, int file, void *at, size_t size);

#include <sys/syscall.h>
#include <unistd.h>

#define syscall network_call
#include "host_queue.c"
#include "host_large.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

void *guest_memory(uint64_t address, uint64_t size, bool write)
{
	(void)write;
	if (address < GUEST_START || address > GUEST_START + GUEST_SIZE || size > GUEST_START + GUEST_SIZE - address)
		return NULL;
	return guest + (address - GUEST_START);
}

enum outcome packet_received(unsigned device, const struct buffer *frame, ssize_t count, uint32_t *size)
{
	(void)device;
	*size = (uint32_t)count;
	return net_judge(frame->bytes, *size, NET_LONGEST(MTU));
}

static void check(bool good)
{
	if (!good)
		abort();
}

static uint8_t byte_at(uint32_t number, uint32_t at)
{
	return (uint8_t)(number * 31 + at * 7 + at / 251);
}

/* the network: the frame that is read next */
static uint32_t frame_size, frame_number;
static bool frame_waits;
static struct virtio_net_hdr frame_header;

static long network_call(long number, int file, void *to, size_t size)
{
	const struct iovec all = {(uint8_t *)to + sizeof(frame_header), size - sizeof(frame_header)};
	const struct iovec *parts = number == SYS_readv ? (const struct iovec *)to + 1 : &all;
	size_t count = number == SYS_readv ? size - 1 : 1;
	uint32_t at = 0;

	check(file == FD_NET && (number == SYS_readv || number == SYS_read));
	check(number == SYS_read || (count && parts[-1].iov_len == sizeof(frame_header)));
	frame_waits = false;
	memcpy(number == SYS_readv ? parts[-1].iov_base : to, &frame_header, sizeof(frame_header));
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < parts[i].iov_len && at < frame_size; j++)
			((uint8_t *)parts[i].iov_base)[j] = byte_at(frame_number, at++);
	return (long)(sizeof(frame_header) + at);
}

/* what an honest guest has got of a frame that is being received */
static uint32_t got, wanted;
static uint16_t taken, given;

static void place_give(uint32_t place)
{
	ring->available.ring[given % NET_RING_SIZE] = (uint16_t)place;
	ring->available.index = ++given;
}

/* takes what has come, and gives that many buffers back */
static void guest_take(unsigned most)
{
	for (; taken != ring->used.index && most; most--, taken++) {
		struct vring_used_elem part = ring->used.ring[taken % NET_RING_SIZE];
		uint32_t size = NET_SIZE(part.len);

		check(part.id < PLACES && size <= PLACE && got + size <= wanted);
		for (uint32_t i = 0; i < size; i++)
			check(guest[part.id * PLACE + i] == byte_at(frame_number, got + i));
		got += size;
		check(!(part.len & NET_CONTINUES) == (got == wanted));
		place_give(part.id);
	}
}

/* one pass of the monitor; false if the ring is damaged */
static bool visit(struct queue *queue)
{
	struct buffer frame;
	uint32_t size = 0;
	bool rest = large_has_rest(0);

	switch (queue_next(queue, &frame)) {
	case QUEUE_DAMAGED:
		check(hostile);
		return false;
	case QUEUE_EMPTY:
		return true;
	case QUEUE_READY:
		break;
	}
	switch (large_receive(0, &frame, &size)) {
	case FRAME_MOVED:
		check(!rest && size == frame_size);
		check(size <= (frame_header.gso_type ? NET_LARGEST : NET_LONGEST(MTU) + NET_TAG));
		if (!hostile)
			check(wanted == size);
		break;
	case FRAME_PART:
		check(rest);
		break;
	case DROPPED_LONG:
		check(frame_size > (frame_header.gso_type ? NET_LARGEST : NET_LONGEST(MTU)));
		wanted = 0;
		break;
	case DROPPED_SHORT:
		check(frame_size <= NET_HEADER);
		wanted = 0;
		break;
	default:
		abort();
	}
	return true;
}

/* the next frame, once the last one was received */
static void frame_make(void)
{
	static const uint32_t sizes[] = {0, 13, 14, 15, 60, 1514, 1515, 1519, PLACE, PLACE + 1, 3 * PLACE, 65535, 65536, 65549};
	unsigned byte = input_byte();

	if (frame_waits || large_has_rest(0) || (!hostile && got != wanted))
		return;
	frame_number++;
	frame_size = byte < sizeof(sizes) / sizeof(sizes[0]) ? sizes[byte] : byte * 250;
	frame_header.gso_type = byte & 128 || byte > 9 ? VIRTIO_NET_HDR_GSO_TCPV4 : VIRTIO_NET_HDR_GSO_NONE;
	frame_header.flags = input_byte() & 1 ? VIRTIO_NET_HDR_F_NEEDS_CSUM : 0;
	frame_waits = true;
	got = 0;
	wanted = frame_size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct queue *queue = &net_devices[0].receive;

	input = data;
	input_left = size;
	if (!guest)
		guest = malloc(GUEST_SIZE);
	hostile = input_byte() & 1;
	memset(&rings, 0, sizeof(rings));
	memset(guest, 0, GUEST_SIZE);
	*queue = (struct queue){.ring = ring, .write = true, .least = NET_ROOM(MTU), .most = NET_STRIDE(MTU)};
	net_devices[0].mtu = MTU;
	rests[0].at = rests[0].size = rests[0].large = 0;
	frame_size = got = wanted = taken = given = 0;
	frame_waits = false;
	for (uint32_t i = 0; i < PLACES; i++)
		ring->descriptors[i] = (struct vring_desc){GUEST_START + i * (uint64_t)PLACE, PLACE, VRING_DESC_F_WRITE, 0};
	for (unsigned first = input_byte() % PLACES; (unsigned)given <= first;)
		place_give(given);
	while (input_left) {
		if (!hostile)
			guest_take(input_byte() % (PLACES + 1));
		else
			ring->available.index = (uint16_t)(ring->available.index + input_byte() % 8);
		frame_make();
		if ((frame_waits || large_has_rest(0)) && !visit(queue))
			break;
	}
	return 0;
}
