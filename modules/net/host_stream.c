/* SPDX-License-Identifier: ISC */
/*
 * net/host_stream.c -- reads and writes frames on a byte stream
 *
 * A frame is read directly into the guest's buffer, together with the next one's
 * length: one system call per frame in a burst. Between two calls the guest may
 * change the buffer's address. Every buffer is checked and large enough, so at worst
 * a frame is spread over two buffers, which harms only the guest.
 */
#include "stream.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

void stream_open(struct stream *stream, int file, uint32_t mtu)
{
	stream->file = file;
	stream->longest = NET_LONGEST(mtu);
	stream->header_got = stream->got = stream->rest = 0;
}

static enum outcome failure(ssize_t count)
{
	return count < 0 && errno == EAGAIN ? FRAME_AGAIN : FRAME_LOST;
}

/* true once earlier frames are sent completely */
static bool rest_send(struct stream *stream, enum outcome *outcome)
{
	while (stream->rest_sent < stream->rest) {
		ssize_t count = write(stream->file, stream->tail + stream->rest_sent, stream->rest - stream->rest_sent);

		if (count <= 0) {
			*outcome = failure(count);
			return false;
		}
		stream->rest_sent += (uint32_t)count;
	}
	return true;
}

/* length and frame in one call: passt expects whole frames in what one read returns */
enum outcome stream_send(struct stream *stream, const struct buffer *frame)
{
	uint32_t length = htonl(frame->size), whole = STREAM_HEADER + frame->size;
	struct iovec parts[] = {{&length, STREAM_HEADER}, {frame->bytes, frame->size}};
	enum outcome outcome;
	ssize_t count;

	if (stream->rest && !rest_send(stream, &outcome))
		return outcome;
	stream->rest = 0;
	count = writev(stream->file, parts, 2);
	if (count <= 0)
		return failure(count);
	if ((uint32_t)count < whole) {
		memcpy(stream->tail, &length, STREAM_HEADER);
		memcpy(stream->tail + STREAM_HEADER, frame->bytes, frame->size);
		stream->rest_sent = (uint32_t)count;
		stream->rest = whole;
	}
	return FRAME_MOVED;
}

static uint32_t frame_length(const struct stream *stream)
{
	return (uint32_t)stream->header[0] << 24 | (uint32_t)stream->header[1] << 16 |
		(uint32_t)stream->header[2] << 8 | stream->header[3];
}

/* the frame is complete; count bytes of the next one's header have arrived */
static void frame_end(struct stream *stream, const uint8_t *header, uint32_t count)
{
	memcpy(stream->header, header, count);
	stream->header_got = count;
	stream->got = 0;
}

static enum outcome header_receive(struct stream *stream)
{
	ssize_t count = read(stream->file, stream->header + stream->header_got, STREAM_HEADER - stream->header_got);

	if (count <= 0)
		return failure(count);
	stream->header_got += (uint32_t)count;
	return FRAME_PART;
}

/* one read, so that the caller bounds the time, whatever the peer sends */
enum outcome stream_receive(struct stream *stream, const struct buffer *frame, uint32_t *size)
{
	uint8_t unwanted[2048], next[STREAM_HEADER];
	uint32_t length, wanted;
	struct iovec parts[2];
	ssize_t count;
	bool last;

	if (stream->header_got < STREAM_HEADER)
		return header_receive(stream);
	length = frame_length(stream);
	if (length > STREAM_LONGEST)
		return FRAME_LOST;
	wanted = length - stream->got;
	parts[0].iov_base = frame->bytes + stream->got;
	if (length > stream->longest + NET_TAG) {
		parts[0].iov_base = unwanted;
		if (wanted > sizeof(unwanted))
			wanted = sizeof(unwanted);
	}
	last = stream->got + wanted == length;
	parts[0].iov_len = wanted;
	parts[1] = (struct iovec){next, sizeof(next)};
	count = readv(stream->file, parts, last ? 2 : 1);
	/* an end of the stream after a complete frame is noticed when the next length is read */
	if (count <= 0 && (wanted || count < 0))
		return failure(count);
	if (count < wanted || !last) {
		stream->got += (uint32_t)count;
		return FRAME_PART;
	}
	*size = length;
	frame_end(stream, next, (uint32_t)count - wanted);
	return net_judge(frame->bytes, length, stream->longest);
}
