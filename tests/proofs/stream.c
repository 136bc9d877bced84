/* SPDX-License-Identifier: ISC */
/*
 * stream.c -- frames on a byte stream, for all lengths of two frames up to 63, and in pieces of all sizes
 *
 * The peer sends three frames; the first two have every length from 0 to 63, or an
 * invalid one. The bytes arrive in pieces of two alternating sizes, each from 1 to
 * 15, with EAGAIN in between. The guest's buffer has room for exactly the longest
 * frame and one more byte.
 */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "check.h"

#include "tests/stream_of_peer.h"

enum { MTU = 10, ROOM = NET_ROOM(MTU), SENT_MOST = 3 * (STREAM_HEADER + 64) };

static uint8_t sent[SENT_MOST];         /* by the peer, or to it */
static size_t sent_size, sent_at;
static unsigned pieces[2], turn;

/* every other call is too early */
static ssize_t moved(const struct iovec *parts, int count, bool out)
{
	size_t most = pieces[turn / 2 % 2], done = 0;

	if (turn++ % 2) {
		errno = EAGAIN;
		return -1;
	}
	for (int i = 0; i < count && done < most; i++) {
		size_t left = out ? sizeof(sent) - sent_at : sent_size - sent_at;
		size_t size = parts[i].iov_len < most - done ? parts[i].iov_len : most - done;

		if (size > left)
			size = left;
		if (out)
			memcpy(sent + sent_at, parts[i].iov_base, size);
		else
			memcpy(parts[i].iov_base, sent + sent_at, size);
		sent_at += size;
		done += size;
	}
	return (ssize_t)done;
}

static ssize_t peer_readv(int file, const struct iovec *parts, int count)
{
	(void)file;
	return moved(parts, count, false);
}

static ssize_t peer_read(int file, void *to, size_t size)
{
	return peer_readv(file, &(struct iovec){to, size}, 1);
}

static ssize_t peer_writev(int file, const struct iovec *parts, int count)
{
	(void)file;
	return moved(parts, count, true);
}

static ssize_t peer_write(int file, const void *from, size_t size)
{
	return peer_writev(file, &(struct iovec){(void *)from, size}, 1);
}

static const uint32_t never[] = {STREAM_LONGEST + 1, 0x7fffffff, 0x80000000, 0xffffffff};

static void frame_put(uint32_t length)
{
	const uint8_t header[] = {(uint8_t)(length >> 24), (uint8_t)(length >> 16), (uint8_t)(length >> 8), (uint8_t)length};

	memcpy(sent + sent_size, header, sizeof(header));
	sent_size += sizeof(header);
	for (uint32_t i = 0; i < length && i < 64; i++)
		sent[sent_size++] = (uint8_t)(length + i);
}

static enum outcome frame_wanted(uint32_t length)
{
	return length > STREAM_LONGEST ? FRAME_LOST : length > NET_LONGEST(MTU) ? DROPPED_LONG : length < NET_HEADER ? DROPPED_SHORT : FRAME_MOVED;
}

static void receive_prove(struct stream *stream, const struct buffer *buffer, const uint32_t *lengths, unsigned count)
{
	stream_open(stream, 0, MTU);
	sent_size = sent_at = 0;
	turn = 0;
	for (unsigned i = 0; i < count; i++)
		frame_put(lengths[i]);
	for (unsigned i = 0; i < count; i++) {
		size_t begin = sent_at - stream->header_got;
		enum outcome outcome;
		uint32_t size = 0;

		do
			outcome = stream_receive(stream, buffer, &size);
		while (outcome == FRAME_AGAIN || outcome == FRAME_PART);
		CHECK(outcome == frame_wanted(lengths[i]));
		if (outcome == FRAME_LOST) {
			/* its length told */
			CHECK(sent_at == begin + STREAM_HEADER);
			break;
		}
		CHECK(size == lengths[i]);
		for (uint32_t b = 0; outcome == FRAME_MOVED && b < size; b++)
			CHECK(buffer->bytes[b] == (uint8_t)(lengths[i] + b));
	}
	cases++;
}

/* three frames of these lengths come out whole, one after the other */
static void send_prove(struct stream *stream, const struct buffer *buffer, const uint32_t *lengths, unsigned count)
{
	size_t at = 0;

	stream_open(stream, 0, MTU);
	sent_at = 0;
	turn = 0;
	for (unsigned i = 0; i < count; i++) {
		struct buffer frame = {.bytes = buffer->bytes, .size = lengths[i]};

		for (uint32_t b = 0; b < lengths[i]; b++)
			frame.bytes[b] = (uint8_t)(lengths[i] + b);
		while (stream_send(stream, &frame) != FRAME_MOVED)
			;
	}
	for (unsigned i = 0; i < count; i++) {
		/* the last one may be on its way */
		for (uint32_t b = 0; b < STREAM_HEADER + lengths[i] && (i + 1 < count || at < sent_at); b++, at++)
			CHECK(sent[at] == (b < STREAM_HEADER ? (uint8_t)(lengths[i] >> (24 - 8 * b)) : (uint8_t)(lengths[i] + b - STREAM_HEADER)));
	}
	CHECK(at == sent_at);
	cases++;
}

int main(void)
{
	struct stream *stream = malloc(sizeof(*stream));
	struct buffer buffer = {.bytes = malloc(ROOM), .size = ROOM};

	for (pieces[0] = 1; pieces[0] < 16; pieces[0]++)
		for (pieces[1] = 1; pieces[1] < 16; pieces[1] += 2)
			for (uint32_t first = 0; first < 64 + COUNT(never); first++)
				for (uint32_t second = 0; second < 64; second += 1 + second / 28) {
					const uint32_t lengths[] = {first < 64 ? first : never[first - 64], second, 20};

					receive_prove(stream, &buffer, lengths, 3);
					if (first >= NET_HEADER && second >= NET_HEADER && first <= NET_LONGEST(MTU) && second <= NET_LONGEST(MTU))
						send_prove(stream, &buffer, lengths, 3);
				}
	free(stream);
	free(buffer.bytes);
	return proved();
}
