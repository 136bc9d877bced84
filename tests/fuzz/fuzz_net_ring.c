/* SPDX-License-Identifier: ISC */
/*
 * fuzz_net_ring.c -- the monitor's side of a network ring, with a guest that changes it between any two loads
 *
 * The input is what the guest does: after each load that the monitor makes from
 * the ring, two of its bytes may change what was just loaded, so a value that is
 * fetched twice differs. Every buffer that the monitor gets is touched whole, in
 * memory of exactly the guest's size: the sanitizer sees each byte beyond it.
 *
 *   FUZZ_FLAGS = -Icore -Imodules/net -DCONFIG_NET_RING=8 -DCONFIG_NET_OFFLOADED=1
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* what the module takes from the core */
#define CORE_H
void *guest_memory(uint64_t address, uint64_t size, bool write);

#include "ring.h"

enum {
	GUEST_START = 0x100000,         /* the first half may only be read */
	GUEST_SIZE = 0x2000,
	LEAST = 14,
	MOST = 1514,
};

static struct net_queue ring;
static uint8_t *guest;
static const uint8_t *input;
static size_t input_left;

static unsigned input_byte(void)
{
	if (!input_left)
		return 0;
	input_left--;
	return *input++;
}

/* most values that matter are near a limit or in a small range: a byte chooses one */
static uint64_t input_value(void)
{
	static const uint64_t values[] = {
		0, 1, 2, 7, 8, 9, 13, 14, 60, 1513, 1514, 1515, 0x7fff, 0xffff, 0x10000, UINT32_MAX, UINT64_MAX, UINT64_MAX - 13,
		GUEST_START - 1, GUEST_START, GUEST_START + 1, GUEST_START + GUEST_SIZE / 2, GUEST_START + GUEST_SIZE - 14,
		GUEST_START + GUEST_SIZE - 13, GUEST_START + GUEST_SIZE, 1ul << 40, 1ul << 63,
	};
	unsigned byte = input_byte();

	if (byte < sizeof(values) / sizeof(values[0]))
		return values[byte];
	return byte < 128 ? byte : GUEST_START + byte * 37ul;
}

static void change(void *at, size_t size)
{
	uint64_t value = input_value();

	memcpy(at, &value, size);
}

static uint64_t load(const void *from, size_t size)
{
	uint64_t value = 0;

	memcpy(&value, from, size);
	if (input_byte() & 1)
		change((void *)from, size);
	return value;
}

#undef ring_load
#define ring_load(from) ((__typeof__(*(from)))load((from), sizeof(*(from))))

#include "host_queue.c"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

void *guest_memory(uint64_t address, uint64_t size, bool write)
{
	uint64_t start = GUEST_START + (write ? GUEST_SIZE / 2 : 0), end = GUEST_START + GUEST_SIZE;

	if (address < start || address > end || size > end - address)
		return NULL;
	return guest + (address - GUEST_START);
}

/* the guest between two visits of the monitor */
static void guest_turn(void)
{
	unsigned slot = input_byte() % NET_RING_SIZE;

	switch (input_byte() % 8) {
	case 0:
		change(&ring.available.index, 2);
		break;
	case 1:
		change(&ring.available.ring[slot], 2);
		break;
	case 2:
		change(&ring.available.used_event, 2);
		break;
	case 3:
		change(&ring.descriptors[slot].len, 4);
		break;
	case 4:
		change(&ring.descriptors[slot].flags, 2);
		break;
	case 5:
		change(&ring.descriptors[slot].addr, 8);
		break;
	case 6:
		change(&ring.used.index, 2);
		break;
	default:
		ring.descriptors[slot] = (struct vring_desc){GUEST_START + GUEST_SIZE / 2 + slot, MOST, ring.descriptors[slot].flags, 0};
		ring.available.ring[ring.available.index % NET_RING_SIZE] = (uint16_t)slot;
		ring.available.index++;
	}
}

static void check(bool good)
{
	if (!good)
		abort();
}

/* of a frame in parts, the one behind the next buffer; false if it is damaged */
static bool part_visit(struct queue *queue)
{
	struct buffer part;

	switch (queue_part(queue, 1, &part)) {
	case QUEUE_DAMAGED:
		check(queue->fault != NULL);
		return false;
	case QUEUE_READY:
		check(part.size && part.size <= NET_LARGEST && part.head < NET_RING_SIZE && !part.offload && !part.segment);
		for (uint32_t i = 0; i < part.size; i++)
			input_left -= input_left && part.bytes[i] == 1;
		break;
	case QUEUE_EMPTY:
		break;
	}
	return true;
}

static bool visit(struct queue *queue)
{
	uint16_t done = queue->done;
	struct buffer buffer;

	switch (queue_next(queue, &buffer)) {
	case QUEUE_DAMAGED:
		check(queue->fault != NULL);
		return false;
	case QUEUE_READY:
		check(buffer.size >= LEAST && buffer.size <= (buffer.segment ? NET_LARGEST : MOST) && buffer.head < NET_RING_SIZE);
		check(!(buffer.offload && !queue->offloads) && !((buffer.segment || buffer.more) && !buffer.offload));
		if (buffer.more && !part_visit(queue))
			return false;
		for (uint32_t i = 0; i < buffer.size; i++)
			if (queue->write)
				buffer.bytes[i] = (uint8_t)i;
			else
				input_left -= input_left && buffer.bytes[i] == 1;
		queue_done(queue, &buffer, queue->write ? buffer.size : 0);
		check(queue->done == (uint16_t)(done + 1) && ring.used.index == queue->done);
		check(ring.used.ring[done % NET_RING_SIZE].id == buffer.head);
		break;
	case QUEUE_EMPTY:
		queue_arm(queue);
		check(ring.used.available_event == queue->done);
	}
	queue_guest_waits(queue);
	queue_signal(queue);
	check(queue->told == queue->done);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct queue queue = {.ring = &ring, .least = LEAST, .most = MOST};
	unsigned first;

	input = data;
	input_left = size;
	if (!guest)
		guest = malloc(GUEST_SIZE);
	memset(&ring, 0, sizeof(ring));
	memset(guest, 0, GUEST_SIZE);
	first = input_byte();
	queue.write = first & 1;
	queue.offloads = first == 2;
	for (unsigned i = 0; i < NET_RING_SIZE; i++)
		ring.descriptors[i].flags = queue.write ? VRING_DESC_F_WRITE : 0;
	while (input_left) {
		guest_turn();
		if (!visit(&queue))
			break;
	}
	return 0;
}
