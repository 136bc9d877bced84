/* SPDX-License-Identifier: ISC */
/*
 * buffer.h -- what was received and not read yet: bytes in chunks of one pool
 *
 * A buffer may hold as much as is still free in the pool, so that one that
 * nobody reads leaves room for the others.
 */
#ifndef SOCKETS_BUFFER_H
#define SOCKETS_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/uio.h>

struct pbuf;

/* bytes of memory that a chunk takes, a little more than it holds */
enum { BUFFER_CHUNK = 2048 };

struct buffer {
	struct chunk *first, *last;
	size_t size;            /* bytes */
};

/* whether so many bytes may be added, to a buffer that holds so many */
bool buffer_admits(size_t held, size_t size);

/* adds bytes, or what a packet holds; false, and nothing was added, if the pool is empty */
bool buffer_add(struct buffer *buffer, const void *bytes, size_t size);
bool buffer_add_packet(struct buffer *buffer, const struct pbuf *packet);

/* copies bytes from the beginning to parts, of which the first filled bytes are left alone; how many: as there are, and as fit */
size_t buffer_copy(const struct buffer *buffer, const struct iovec *parts, int count, size_t filled);

/* takes bytes off the beginning; at most the buffer's size */
void buffer_drop(struct buffer *buffer, size_t size);

#endif
