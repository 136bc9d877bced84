/* SPDX-License-Identifier: ISC */
/*
 * net/host_packet.c -- for back ends where one read or write is one frame
 *
 * Sockets report errors of earlier frames here (ICMP errors, a peer that is away):
 * these are temporary, and cost one frame at most.
 *
 * syscall(2), since the C library's read and write are cancellation points: each costs a call more.
 */
#include <errno.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "net.h"

enum outcome packet_sent(ssize_t count)
{
	if (count >= 0)
		return FRAME_MOVED;
	switch (errno) {
	case EAGAIN:
		return FRAME_AGAIN;
	case EBADFD:                    /* a TAP interface that was deleted */
	case EDESTADDRREQ:
	case ENOTCONN:
	case EPIPE:
		return FRAME_LOST;
	case ENOBUFS:
	case ENOMEM:
		return DROPPED_BUSY;
	case ECONNREFUSED:
	case ECONNRESET:
	case EHOSTDOWN:
	case EHOSTUNREACH:
	case EIO:                       /* a TAP interface that is down */
	case ENETDOWN:
	case ENETUNREACH:
	case ENXIO:
		return DROPPED_DOWN;
	default:
		return DROPPED_REFUSED;
	}
}

static enum outcome receive_failed(void)
{
	switch (errno) {
	case EAGAIN:
	case EIO:
		return FRAME_AGAIN;
	case EACCES:
	case ECONNREFUSED:
	case ECONNRESET:
	case EHOSTDOWN:
	case EHOSTUNREACH:
	case EMSGSIZE:
	case ENETDOWN:
	case ENETUNREACH:
	case ENOBUFS:
	case ENOPROTOOPT:
	case EOPNOTSUPP:
	case EPROTO:
		return FRAME_PART;
	default:
		return FRAME_LOST;
	}
}

/* A read of 0 bytes: an empty packet, or the end, which only connected sockets have. */
static enum outcome nothing_judge(unsigned device)
{
	struct pollfd ended = {.fd = FD_NET + (int)device, .events = POLLRDHUP};
	const struct timespec at_once = {0};

	return ppoll(&ended, 1, &at_once, NULL) == 1 && ended.revents & POLLRDHUP ? FRAME_LOST : DROPPED_SHORT;
}

enum outcome packet_received(unsigned device, const struct buffer *frame, ssize_t count, uint32_t *size)
{
	if (count < 0)
		return receive_failed();
	if (!count)
		return nothing_judge(device);
	*size = (uint32_t)count;
	return net_judge(frame->bytes, *size, NET_LONGEST(net_devices[device].mtu));
}

enum outcome packet_send(unsigned device, const struct buffer *frame)
{
	return packet_sent(syscall(SYS_write, FD_NET + (int)device, frame->bytes, frame->size));
}

enum outcome packet_receive(unsigned device, const struct buffer *frame, uint32_t *size)
{
	return packet_received(device, frame, syscall(SYS_read, FD_NET + (int)device, frame->bytes, NET_ROOM(net_devices[device].mtu)), size);
}
