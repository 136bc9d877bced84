/* SPDX-License-Identifier: ISC */
/*
 * fuzz_offload.c -- the check of a large frame, whose bytes a guest chooses: what the kernel gets is of the form that was promised
 *
 * The input is the segment size, the number of parts that follow the first buffer, their size, then that buffer. Each lies in
 * memory of exactly its size, and is overwritten after the check, as a guest could do it: what was checked must not change.
 *
 *   FUZZ_FLAGS = -Icore -Imodules/net -DCONFIG_NET_RING=8 -DCONFIG_NET_OFFLOADED=1 -DCONFIG_NET_LARGE_RECEIVED=1 -DNET_DEVICES=1 -DFD_NET=100
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* what the module takes from the core */
#define CORE_H
void *guest_memory(uint64_t address, uint64_t size, bool write);
_Noreturn void fail(const char *format, ...);
static const struct { const char *name; } net_config[1] = {{"service"}};

#include "ring.h"

#include "host_offload.c"

enum { MTU = 1500, HEAD = 5 };

struct net_device net_devices[1];

_Noreturn void fail(const char *format, ...)
{
	(void)format;
	abort();
}

void net_take(unsigned device, const struct backend *backend, int file, uint32_t mtu)
{
	(void)device, (void)backend, (void)file, (void)mtu;
}

enum outcome packet_sent(ssize_t count)
{
	(void)count;
	return FRAME_MOVED;
}

enum outcome packet_received(unsigned device, const struct buffer *frame, ssize_t count, uint32_t *size)
{
	(void)device, (void)frame, (void)count, (void)size;
	return FRAME_MOVED;
}

enum outcome large_receive(unsigned device, const struct buffer *frame, uint32_t *size)
{
	return packet_received(device, frame, 0, size);
}

/* the parts of the frame, as many as the ring has */
static unsigned parts_left;
static uint16_t part_size;
static uint8_t part_bytes[NET_LARGEST];

enum queue_state queue_part(struct queue *queue, uint16_t after, struct buffer *buffer)
{
	(void)queue, (void)after;
	if (!parts_left)
		return QUEUE_EMPTY;
	parts_left--;
	*buffer = (struct buffer){.bytes = part_bytes, .size = part_size, .more = parts_left};
	return QUEUE_READY;
}

enum queue_state queue_damaged(struct queue *queue, const char *fault, unsigned long value)
{
	queue->fault = fault;
	queue->fault_value = value;
	return QUEUE_DAMAGED;
}

void queue_done(struct queue *queue, const struct buffer *buffer, uint32_t written)
{
	(void)queue, (void)buffer, (void)written;
}

static void check(bool good)
{
	if (!good)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct queue queue = {.offloads = true, .least = NET_HEADER, .most = NET_LONGEST(MTU)};
	struct buffer frame = {.offload = true};
	uint32_t first;
	bool good;

	if (size < HEAD + NET_HEADER || size > NET_LARGEST)
		return 0;
	memcpy(&frame.segment, data, 2);
	/* a byte beyond says that the last part is missing */
	parts_left = data[2] % 20;
	frame.more = parts_left || data[2] > 240;
	memcpy(&part_size, data + 3, 2);
	part_size += !part_size;
	first = frame.size = (uint32_t)size - HEAD;
	frame.bytes = malloc(first);
	memcpy(frame.bytes, data + HEAD, first);
	good = offload_check(&queue, &frame) == QUEUE_READY;
	memset(frame.bytes, 0xff, first);
	free(frame.bytes);
	if (!good) {
		check(queue.fault != NULL);
		return 0;
	}
	check(checked.size <= first && checked.size <= sizeof(checked.bytes) && checked.count <= NET_PARTS);
	check(frame.size == first + checked.count * part_size && frame.size <= (frame.segment ? NET_LARGEST : NET_LONGEST(MTU)));
	check(checked.header.flags == VIRTIO_NET_HDR_F_NEEDS_CSUM && checked.header.csum_offset == TCP_CHECKSUM);
	check(checked.header.csum_start + 20u <= checked.size);
	if (checked.header.gso_type == VIRTIO_NET_HDR_GSO_NONE)
		check(!checked.header.gso_size);
	else
		check(checked.header.hdr_len == checked.size && checked.header.gso_size >= NET_SEGMENT_LEAST &&
		      checked.size + checked.header.gso_size <= NET_LONGEST(MTU) && checked.size + checked.header.gso_size < frame.size);
	return 0;
}
