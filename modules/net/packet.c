/* SPDX-License-Identifier: ISC */
/* net/packet.c -- for back ends where one read or write is one frame */
#include <errno.h>
#include <unistd.h>

#include "net.h"

enum outcome packet_send(unsigned device, const struct buffer *frame)
{
	if (write(FD_NET + (int)device, frame->bytes, frame->size) >= 0)
		return FRAME_MOVED;
	switch (errno) {
	case EAGAIN:
		return FRAME_AGAIN;
	case EIO:                       /* a TAP interface that is down */
	case ENETDOWN:
		return DROPPED_DOWN;
	case ENOBUFS:
	case ENOMEM:
		return DROPPED_BUSY;
	case EBADFD:                    /* a TAP interface that was deleted */
	case ECONNREFUSED:
	case ECONNRESET:
	case ENOTCONN:
	case EPIPE:
		return FRAME_LOST;
	default:
		return DROPPED_REFUSED;
	}
}

enum outcome packet_receive(unsigned device, const struct buffer *frame, uint32_t *size)
{
	uint32_t room = NET_ROOM(net_devices[device].mtu);
	ssize_t count = read(FD_NET + (int)device, frame->bytes, room);

	if (count < 0)
		return errno == EAGAIN || errno == EIO || errno == ENETDOWN || errno == ENOBUFS ? FRAME_AGAIN : FRAME_LOST;
	if (!count)
		return FRAME_LOST;
	if (count == room)
		return DROPPED_LONG;
	if (count < NET_HEADER)
		return DROPPED_SHORT;
	*size = (uint32_t)count;
	return FRAME_MOVED;
}
