/* SPDX-License-Identifier: ISC */
/*
 * queue.c -- the monitor's side of a network ring of 4 buffers, for all values that each load can return
 *
 * The guest may change its ring between any two loads, so the loads of one pass vary
 * independently of each other. Every byte of a taken buffer is touched, in memory of
 * exactly the guest's size.
 */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "check.h"

/* what the module takes from the core */
#define CORE_H
void *guest_memory(uint64_t address, uint64_t size, bool write);

#include "ring.h"

enum { START = 0x100, SIZE = 32, LEAST = 3, MOST = 9 };

static struct net_queue *ring;
static uint8_t *guest;
static uint64_t loads[5];               /* what the guest has the visit's loads find, one after the other */
static unsigned load_count;

static uint64_t load(const void *from, size_t size)
{
	uint64_t value = 0;

	memcpy(&value, from, size);     /* it is the ring's: the sanitizer sees any other */
	CHECK(load_count < COUNT(loads));
	return loads[load_count++];
}

#undef ring_load
#define ring_load(from) ((__typeof__(*(from)))load((from), sizeof(*(from))))

#include "host_queue.c"

/* the lower half may only be read */
void *guest_memory(uint64_t address, uint64_t size, bool write)
{
	uint64_t start = START + (write ? SIZE / 2 : 0), end = START + SIZE;

	return address < start || address > end || size > end - address ? NULL : guest + (address - START);
}

static bool plainly_good(const struct queue *queue, uint16_t waiting)
{
	unsigned __int128 end = (unsigned __int128)loads[2] + (uint32_t)loads[3];

	return waiting <= NET_RING_SIZE && (uint16_t)loads[1] < NET_RING_SIZE &&
		(uint16_t)loads[4] == (queue->write ? VRING_DESC_F_WRITE : 0) && (uint32_t)loads[3] >= LEAST &&
		(uint32_t)loads[3] <= MOST && loads[2] >= START + (queue->write ? SIZE / 2 : 0) && end <= START + SIZE;
}

static void visit(uint16_t done, bool write)
{
	struct queue queue = {.ring = ring, .write = write, .least = LEAST, .most = MOST, .done = done, .told = done};
	uint16_t waiting = (uint16_t)((uint16_t)loads[0] - done);
	struct buffer buffer;
	enum queue_state state;

	cases++;
	load_count = 0;
	state = queue_next(&queue, &buffer);
	CHECK(queue.done == done);
	CHECK(state == (!waiting ? QUEUE_EMPTY : plainly_good(&queue, waiting) ? QUEUE_READY : QUEUE_DAMAGED));
	CHECK(state != QUEUE_DAMAGED || queue.fault);
	if (state != QUEUE_READY)
		return;
	CHECK(buffer.size == (uint32_t)loads[3] && buffer.head == (uint16_t)loads[1]);
	if (write)
		memset(buffer.bytes, 1, buffer.size);
	for (uint32_t i = 0; i < buffer.size; i++)
		CHECK(buffer.bytes[i] <= 1);
	queue_done(&queue, &buffer, write ? buffer.size : 0);
	CHECK(queue.done == (uint16_t)(done + 1) && ring->used.index == queue.done);
	CHECK(ring->used.ring[done % NET_RING_SIZE].id == buffer.head);
}

/* a guest that waits for buffer e is told exactly when that one is done, however the numbers wrap */
static void signals_prove(uint16_t done)
{
	for (unsigned told = 0; told <= 2 * NET_RING_SIZE; told++)
		for (unsigned event = 0; event <= 4 * NET_RING_SIZE; event++) {
			struct queue queue = {.ring = ring, .done = done, .told = (uint16_t)(done - told)};
			uint16_t wanted = (uint16_t)(done - 3 * NET_RING_SIZE + event);

			load_count = 0;
			loads[0] = wanted;
			CHECK(queue_signal(&queue) == ((uint16_t)(wanted - (uint16_t)(done - told)) < told));
			CHECK(queue.told == done);
			cases++;
		}
}

int main(void)
{
	static const uint16_t dones[] = {0, 1, 3, 4, 5, 0x7fff, 0x8000, 0xfffc, 0xfffd, 0xffff};
	static const uint16_t steps[] = {0, 1, 2, 3, 4, 5, 6, 8, 0x7fff, 0x8000, 0xfffe, 0xffff};
	static const uint64_t heads[] = {0, 1, 2, 3, 4, 5, 7, 8, 0x7fff, 0x8000, 0xffff};
	static const uint32_t sizes[] = {0, 1, 2, 3, 4, 8, 9, 10, 15, 16, 17, 31, 32, 33, 0x7fffffff, 0x80000000, 0xfffffffd, 0xffffffff};
	static const uint64_t flags[] = {0, 1, 2, 3, 4, 0x8000, 0xffff};
	uint64_t addresses[SIZE + 16], more[] = {0, 1, 1ul << 32, 1ul << 63, UINT64_MAX - 8, UINT64_MAX - 2, UINT64_MAX};
	unsigned count = 0;

	ring = calloc(1, sizeof(*ring));
	guest = calloc(1, SIZE);
	for (uint64_t a = START - 4; a <= START + SIZE + 4; a++)
		addresses[count++] = a;
	for (unsigned i = 0; i < COUNT(more); i++)
		addresses[count++] = more[i];
	for (unsigned d = 0; d < COUNT(dones); d++) {
		signals_prove(dones[d]);
		for (unsigned s = 0; s < COUNT(steps); s++)
			for (unsigned h = 0; h < COUNT(heads); h++)
				for (unsigned a = 0; a < count; a++)
					for (unsigned z = 0; z < COUNT(sizes); z++)
						for (unsigned f = 0; f < COUNT(flags); f++) {
							loads[0] = (uint16_t)(dones[d] + steps[s]);
							loads[1] = heads[h];
							loads[2] = addresses[a];
							loads[3] = sizes[z];
							loads[4] = flags[f];
							visit(dones[d], false);
							visit(dones[d], true);
						}
	}
	free(ring);
	free(guest);
	return proved();
}
