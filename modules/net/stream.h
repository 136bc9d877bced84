/* SPDX-License-Identifier: ISC */
/* net/stream.h -- frames on a byte stream: each has its length before it, 4 bytes, big-endian */
#ifndef NET_STREAM_H
#define NET_STREAM_H

#include "net.h"

enum {
	STREAM_HEADER = 4,
	STREAM_LONGEST = 65536 + NET_HEADER,    /* a longer one means that the peer uses another protocol */
};

struct stream {
	int file;
	uint32_t longest;               /* frame of the device, in bytes */
	/* the frame being received */
	uint8_t header[STREAM_HEADER];
	uint32_t header_got, got;       /* bytes */
	/* the rest of a frame that was sent in part, and must be sent before the next */
	uint32_t rest, rest_sent;
	uint8_t tail[STREAM_HEADER + NET_LONGEST(NET_MTU_DEFAULT)];
};

void stream_open(struct stream *stream, int file, uint32_t mtu);
enum outcome stream_send(struct stream *stream, const struct buffer *frame);
enum outcome stream_receive(struct stream *stream, const struct buffer *frame, uint32_t *size);

#endif
