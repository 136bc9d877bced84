/* SPDX-License-Identifier: ISC */
/* buffer.c -- chunks of memory for received data; chunks that were never used were never touched */
#include "buffer.h"

#include <string.h>

#include "lwip/pbuf.h"

#include "sockets_config.h"

enum {
	CHUNKS = CONFIG_SOCKETS_RECEIVE_KB * 1024 / BUFFER_CHUNK,
	CHUNK_BYTES = BUFFER_CHUNK - sizeof(void *) - 2 * sizeof(unsigned),
};

struct chunk {
	struct chunk *next;
	unsigned begin, end;
	char bytes[CHUNK_BYTES];
};

static struct chunk chunks[CHUNKS];
static struct chunk *chunks_free;
static size_t chunks_used, chunks_returned;     /* those beyond were never used; those in the list */

static size_t pool_room(void)
{
	return (CHUNKS - chunks_used + chunks_returned) * CHUNK_BYTES;
}

static struct chunk *chunk_get(void)
{
	struct chunk *chunk = chunks_free;

	if (chunk) {
		chunks_free = chunk->next;
		chunks_returned--;
	} else if (chunks_used < CHUNKS) {
		chunk = &chunks[chunks_used++];
	} else {
		return NULL;
	}
	chunk->next = NULL;
	chunk->begin = chunk->end = 0;
	return chunk;
}

static void chunk_put(struct chunk *chunk)
{
	chunk->next = chunks_free;
	chunks_free = chunk;
	chunks_returned++;
}

bool buffer_admits(size_t held, size_t size)
{
	return held + size + CHUNK_BYTES <= pool_room();
}

bool buffer_add(struct buffer *buffer, const void *bytes, size_t size)
{
	const char *at = bytes;

	if (pool_room() < size)
		return false;
	while (size) {
		struct chunk *chunk = buffer->last;
		size_t part;

		if (!chunk || chunk->end == CHUNK_BYTES) {
			chunk = chunk_get();
			if (buffer->last)
				buffer->last->next = chunk;
			else
				buffer->first = chunk;
			buffer->last = chunk;
		}
		part = CHUNK_BYTES - chunk->end < size ? CHUNK_BYTES - chunk->end : size;
		memcpy(chunk->bytes + chunk->end, at, part);
		chunk->end += (unsigned)part;
		buffer->size += part;
		at += part;
		size -= part;
	}
	return true;
}

bool buffer_add_packet(struct buffer *buffer, const struct pbuf *packet)
{
	if (pool_room() < packet->tot_len)
		return false;
	for (; packet; packet = packet->next)
		buffer_add(buffer, packet->payload, packet->len);
	return true;
}

size_t buffer_copy(const struct buffer *buffer, const struct iovec *parts, int count, size_t filled)
{
	const struct chunk *chunk = buffer->first;
	size_t done = 0, taken = 0;     /* in all; of this chunk */

	for (; count; parts++, count--) {
		size_t at = filled < parts->iov_len ? filled : parts->iov_len;

		filled -= at;
		while (chunk && at < parts->iov_len) {
			size_t left = chunk->end - chunk->begin - taken, room = parts->iov_len - at, part = left < room ? left : room;

			memcpy((char *)parts->iov_base + at, chunk->bytes + chunk->begin + taken, part);
			at += part;
			taken += part;
			done += part;
			if (part == left) {
				chunk = chunk->next;
				taken = 0;
			}
		}
	}
	return done;
}

void buffer_drop(struct buffer *buffer, size_t size)
{
	buffer->size -= size;
	while (size || (buffer->first && buffer->first->begin == buffer->first->end)) {
		struct chunk *chunk = buffer->first;
		size_t left = chunk->end - chunk->begin, part = left < size ? left : size;

		chunk->begin += (unsigned)part;
		size -= part;
		if (chunk->begin != chunk->end)
			continue;
		buffer->first = chunk->next;
		if (!buffer->first)
			buffer->last = NULL;
		chunk_put(chunk);
	}
}
