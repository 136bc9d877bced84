/* SPDX-License-Identifier: ISC */
/*
 * net/host_large.c -- receives frames that the kernel hasn't cut, each over as many of the guest's buffers as it needs
 *
 * How large a frame is shows only when it has been read. So while frames are small they are read into a buffer of the
 * monitor, and copied; after a large one, one readv fills the guest's buffers. What these may be too few for goes to the monitor's,
 * and from there to those that the guest adds. All of this takes the lock.
 */
#include <linux/virtio_net.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "net.h"

/* as many as the largest frame has for an MTU of 1,500, and one */
enum { PARTS = 44 };

enum { SMALL_ROW = 8 };         /* small frames after a large one before more are expected */

static struct {
	uint32_t at, size;              /* what of the frame the guest hasn't got yet */
	uint32_t large;                 /* so many more frames may be large */
	struct virtio_net_hdr header;
	uint8_t bytes[NET_LARGEST + 1]; /* right behind the header */
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

static void rest_move(unsigned device, const struct buffer *first, uint32_t flags)
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
	buffers_return(queue, buffers, size, flags | (large_has_rest(device) ? NET_CONTINUES : 0));
}

static ssize_t frame_read(unsigned device)
{
	return syscall(SYS_read, FD_NET + (int)device, &rests[device].header, sizeof(struct virtio_net_hdr) + NET_LARGEST + 1);
}

/* reads into count buffers, whose bytes become *room, and what is more into the monitor's */
static ssize_t frame_read_parts(unsigned device, const struct buffer *buffers, unsigned count, uint32_t *room)
{
	struct iovec parts[PARTS + 2] = {{&rests[device].header, sizeof(struct virtio_net_hdr)}};
	unsigned used = 1;

	for (*room = 0; used <= count; used++) {
		parts[used] = (struct iovec){buffers[used - 1].bytes, buffers[used - 1].size};
		*room += buffers[used - 1].size;
	}
	if (*room <= NET_LARGEST)
		parts[used++] = (struct iovec){rests[device].bytes, NET_LARGEST + 1 - *room};
	return syscall(SYS_readv, FD_NET + (int)device, parts, used);
}

/* by what read returned; frame: where its first bytes are */
static enum outcome frame_judge(unsigned device, const struct buffer *frame, ssize_t count, uint32_t *size)
{
	if (count >= (ssize_t)sizeof(struct virtio_net_hdr))
		count -= (ssize_t)sizeof(struct virtio_net_hdr);
	if (count <= NET_HEADER || rests[device].header.gso_type == VIRTIO_NET_HDR_GSO_NONE)
		return packet_received(device, frame, count, size);
	*size = (uint32_t)count;
	return count <= NET_LARGEST ? FRAME_MOVED : DROPPED_LONG;
}

enum outcome large_receive(unsigned device, const struct buffer *first, uint32_t *size)
{
	const struct buffer own = {.bytes = rests[device].bytes};
	struct queue *queue = &net_devices[device].receive;
	struct buffer buffers[PARTS];
	uint32_t room = 0, flags;
	enum outcome outcome;
	ssize_t count;

	if (large_has_rest(device)) {
		rest_move(device, first, 0);
		return FRAME_PART;
	}
	if (rests[device].large)
		count = frame_read_parts(device, buffers, buffers_take(queue, first, buffers, NET_LARGEST + 1), &room);
	else
		count = frame_read(device);
	outcome = frame_judge(device, room ? first : &own, count, size);
	if (outcome != FRAME_MOVED)
		return outcome;
	if (*size > first->size)
		rests[device].large = SMALL_ROW;
	else if (rests[device].large)
		rests[device].large--;
	flags = rests[device].header.flags & (VIRTIO_NET_HDR_F_NEEDS_CSUM | VIRTIO_NET_HDR_F_DATA_VALID) ? NET_SUMMED : 0;
	rests[device].at = 0;
	rests[device].size = *size > room ? *size - room : 0;
	if (room)
		buffers_return(queue, buffers, *size < room ? *size : room, flags | (rests[device].size ? NET_CONTINUES : 0));
	else
		rest_move(device, first, flags);
	return FRAME_MOVED;
}
