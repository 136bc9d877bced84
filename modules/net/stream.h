/* SPDX-License-Identifier: ISC */
/* net/stream.h -- frames on a byte stream: each has its length before it, 4 bytes, big-endian */
#ifndef NET_STREAM_H
#define NET_STREAM_H

#include "net.h"

enum {
	STREAM_HEADER = 4,
	STREAM_LONGEST = 65536 + NET_HEADER,    /* a longer frame is none: the peer speaks something else */
};

struct stream {
	int file;
	uint32_t longest;               /* frame of the device */
	/* the frame that is coming in */
	uint8_t header[STREAM_HEADER];
	uint32_t header_got, got;       /* bytes */
	/* what of a frame did not go out at once, and must before another one does */
	uint32_t rest, rest_sent;
	uint8_t tail[STREAM_HEADER + NET_LONGEST(NET_MTU_DEFAULT)];
};

void stream_open(struct stream *stream, int file, uint32_t mtu);
enum outcome stream_send(struct stream *stream, const struct buffer *frame);
enum outcome stream_receive(struct stream *stream, const struct buffer *frame, uint32_t *size);

#endif
