/* SPDX-License-Identifier: ISC */
/*
 * fuzz_net_stream.c -- frames on a byte stream, which comes and goes in pieces of any size
 *
 * The first half of the input is what a peer sends; the sizes of the pieces come
 * from the second. The frames that stream_receive delivers must be those that a
 * plain reading of the whole finds, and what stream_send puts out must be whole
 * frames one after the other, whatever the pieces are.
 *
 *   FUZZ_FLAGS = -Icore -Imodules/net -DCONFIG_NET_RING=8
 */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/stream_of_peer.h"

enum { MTU = 60, ROOM = NET_ROOM(MTU) };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint8_t *peer, *pieces;
static size_t peer_left, piece_count;

static uint8_t output[1 << 16];
static size_t output_size;

static void check(bool good)
{
	if (!good)
		abort();
}

/* how much goes at once: -1 for "not now" */
static int piece(void)
{
	int size;

	if (!piece_count)
		return 1 << 16;
	piece_count--;
	size = *pieces++;
	return size < 64 ? -1 : size - 63;
}

static ssize_t peer_readv(int file, const struct iovec *parts, int count)
{
	int most = piece();
	ssize_t got = 0;

	(void)file;
	if (most < 0) {
		errno = EAGAIN;
		return -1;
	}
	for (int i = 0; i < count; i++) {
		size_t size = parts[i].iov_len;

		if (size > peer_left)
			size = peer_left;
		if (size > (size_t)most - (size_t)got)
			size = (size_t)most - (size_t)got;
		memcpy(parts[i].iov_base, peer, size);
		peer += size;
		peer_left -= size;
		got += (ssize_t)size;
		if (size < parts[i].iov_len)
			break;
	}
	return got;
}

static ssize_t peer_read(int file, void *to, size_t size)
{
	return peer_readv(file, &(struct iovec){to, size}, 1);
}

static ssize_t peer_writev(int file, const struct iovec *parts, int count)
{
	int most = piece();
	ssize_t put = 0;

	(void)file;
	if (most < 0) {
		errno = EAGAIN;
		return -1;
	}
	for (int i = 0; i < count; i++) {
		size_t size = parts[i].iov_len;

		if (size > (size_t)most - (size_t)put)
			size = (size_t)most - (size_t)put;
		check(size <= sizeof(output) - output_size);
		memcpy(output + output_size, parts[i].iov_base, size);
		output_size += size;
		put += (ssize_t)size;
		if (size < parts[i].iov_len)
			break;
	}
	return put;
}

static ssize_t peer_write(int file, const void *from, size_t size)
{
	return peer_writev(file, &(struct iovec){(void *)from, size}, 1);
}

/* what the next frame of [at, at + left) is; false if it isn't wholly there */
static bool frame_plain(const uint8_t *at, size_t left, uint32_t *length)
{
	if (left < STREAM_HEADER)
		return false;
	*length = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
	return *length <= STREAM_LONGEST && left - STREAM_HEADER >= *length;
}

static void receive_all(struct stream *stream, const uint8_t *at, size_t left)
{
	uint8_t *room = malloc(ROOM);   /* exactly: the sanitizer sees more */
	struct buffer buffer = {.bytes = room, .size = ROOM};

	peer = at;
	peer_left = left;
	for (;;) {
		uint32_t size, length;
		enum outcome outcome = stream_receive(stream, &buffer, &size);

		if (outcome == FRAME_AGAIN || outcome == FRAME_PART)
			continue;
		if (outcome == FRAME_LOST) {
			check(!frame_plain(at, left, &length));
			break;
		}
		check(frame_plain(at, left, &length));
		at += STREAM_HEADER;
		left -= STREAM_HEADER;
		if (outcome == FRAME_MOVED)
			check(size == length && size >= NET_HEADER && !memcmp(room, at, size) &&
			      size <= NET_LONGEST(MTU) + (net_has_priority(at, size) ? NET_TAG : 0));
		else
			check(outcome == (length < NET_HEADER ? DROPPED_SHORT : DROPPED_LONG));
		at += length;
		left -= length;
	}
	free(room);
}

static void send_all(struct stream *stream, const uint8_t *data, size_t size)
{
	const uint8_t *at = output;
	size_t sent = 0;

	output_size = 0;
	for (size_t i = 0; i < size && i < 64; i++) {
		struct buffer frame = {.bytes = (uint8_t *)data, .size = NET_HEADER + data[i] % (MTU + 1)};
		enum outcome outcome;

		if (frame.size > size)
			break;
		do
			outcome = stream_send(stream, &frame);
		while (outcome == FRAME_AGAIN);
		check(outcome == FRAME_MOVED);
		sent++;
	}
	/* one more frame takes what is left of the last one with it */
	if (size >= NET_HEADER) {
		struct buffer frame = {.bytes = (uint8_t *)data, .size = NET_HEADER};

		while (stream_send(stream, &frame) == FRAME_AGAIN)
			;
		sent++;
	}
	for (; sent; sent--) {
		uint32_t length;

		if (sent == 1 && stream->rest > stream->rest_sent)
			break;          /* the last one may be on its way */
		check(frame_plain(at, output_size - (size_t)(at - output), &length));
		check(!memcmp(at + STREAM_HEADER, data, length));
		at += STREAM_HEADER + length;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct stream stream;

	stream_open(&stream, 0, MTU);
	pieces = data + size / 2;
	piece_count = size - size / 2;
	receive_all(&stream, data, size / 2);
	stream_open(&stream, 0, MTU);
	pieces = data + size / 2;
	piece_count = size - size / 2;
	send_all(&stream, data, size / 2);
	return 0;
}
