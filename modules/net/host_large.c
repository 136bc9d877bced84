/* SPDX-License-Identifier: ISC */
/*
 * net/host_large.c -- receives frames that the kernel hasn't cut, each over as many of the guest's buffers as it needs
 *
 * One readv fills the buffers. How large a frame is shows only when it has been read,
 * so what the guest's buffers may be too few for goes to a buffer of the monitor, and from there
 * to those that the guest adds. All of this takes the lock.
 */
#include <linux/virtio_net.h>
#include <string.h>
#include <sys/uio.h>

#include "net.h"

/* as many as the largest frame has for an MTU of 1,500, and one */
enum { PARTS = 44 };

/* what did not fit */
static struct {
	uint32_t at, size;
	uint8_t bytes[NET_LARGEST + 1];
} rests[NET_DEVICES];

bool large_has_rest(unsigned device)
{
	return rests[device].at < rests[device].size;
}

/* the guest's next buffers, for as much as size bytes; the first is known. A damaged one ends them: it is found when it is the next. */
static unsigned buffers_take(struct queue *queue, const struct buffer *first, struct buffer *buffers, uint32_t size)
{
	uint32_t room = first->size;
	unsigned count = 1;

	buffers[0] = *first;
	for (; count < PARTS && room < size && queue_ahead(queue, (uint16_t)count, &buffers[count]) == QUEUE_READY; count++)
		room += buffers[count].size;
	return count;
}

/* returns the buffers that a frame's next size bytes are in; flags: of the last one, the others have NET_CONTINUES, too */
static void buffers_return(struct queue *queue, const struct buffer *buffer, uint32_t size, uint32_t flags)
{
	for (; size > buffer->size; buffer++) {
		queue_done(queue, buffer, buffer->size | NET_CONTINUES | flags);
		size -= buffer->size;
	}
	queue_done(queue, buffer, size | flags);
}

static void rest_move(unsigned device, const struct buffer *first)
{
	struct queue *queue = &net_devices[device].receive;
	uint32_t left = rests[device].size - rests[device].at, size = 0;
	struct buffer buffers[PARTS];
	unsigned count = buffers_take(queue, first, buffers, left);

	for (unsigned i = 0; i < count && size < left; i++) {
		uint32_t part = left - size < buffers[i].size ? left - size : buffers[i].size;

		memcpy(buffers[i].bytes, rests[device].bytes + rests[device].at + size, part);
		size += part;
	}
	rests[device].at += size;
	buffers_return(queue, buffers, size, large_has_rest(device) ? NET_CONTINUES : 0);
}

enum outcome large_receive(unsigned device, const struct buffer *first, uint32_t *size)
{
	struct queue *queue = &net_devices[device].receive;
	struct virtio_net_hdr header = {0};
	struct buffer buffers[PARTS];
	struct iovec parts[PARTS + 2] = {{&header, sizeof(header)}};
	uint32_t room = 0, flags;
	enum outcome outcome;
	unsigned used = 1;
	ssize_t count;

	if (large_has_rest(device)) {
		rest_move(device, first);
		return FRAME_PART;
	}
	for (unsigned i = buffers_take(queue, first, buffers, NET_LARGEST + 1); used <= i; used++) {
		parts[used] = (struct iovec){buffers[used - 1].bytes, buffers[used - 1].size};
		room += buffers[used - 1].size;
	}
	if (room <= NET_LARGEST)
		parts[used++] = (struct iovec){rests[device].bytes, NET_LARGEST + 1 - room};
	count = readv(FD_NET + (int)device, parts, (int)used);
	if (count >= (ssize_t)sizeof(header))
		count -= (ssize_t)sizeof(header);
	if (count > NET_HEADER && header.gso_type != VIRTIO_NET_HDR_GSO_NONE) {
		*size = (uint32_t)count;
		outcome = count <= NET_LARGEST ? FRAME_MOVED : DROPPED_LONG;
	} else {
		outcome = packet_received(device, first, count, size);
	}
	if (outcome != FRAME_MOVED)
		return outcome;
	flags = header.flags & (VIRTIO_NET_HDR_F_NEEDS_CSUM | VIRTIO_NET_HDR_F_DATA_VALID) ? NET_SUMMED : 0;
	rests[device].at = 0;
	rests[device].size = *size > room ? *size - room : 0;
	buffers_return(queue, buffers, *size < room ? *size : room, flags | (rests[device].size ? NET_CONTINUES : 0));
	return FRAME_MOVED;
}
