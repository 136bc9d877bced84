/* SPDX-License-Identifier: ISC */
/*
 * buffer.h -- received data that was not read yet: bytes in chunks of one pool
 *
 * A buffer may use as much as is still free in the pool, so a buffer that is not
 * read leaves room for the others.
 */
#ifndef SOCKETS_BUFFER_H
#define SOCKETS_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/uio.h>

#include "names.h"

struct pbuf;

/* bytes of a chunk; it holds a little less */
enum { BUFFER_CHUNK = 2048 };

struct buffer {
	struct chunk *first, *last;
	size_t size;            /* bytes */
};

/* whether that many bytes may be added to a buffer that already has so many */
bool buffer_admits(size_t held, size_t size);

/* adds bytes, or a packet's content; false if the pool is empty, and then adds nothing */
bool buffer_add(struct buffer *buffer, const void *bytes, size_t size);
bool buffer_add_packet(struct buffer *buffer, const struct pbuf *packet);

/* copies bytes from the beginning to parts, after the first filled bytes of these; returns how many, at most as many as fit */
size_t buffer_copy(const struct buffer *buffer, const struct iovec *parts, int count, size_t filled);

/* removes bytes from the beginning; at most the buffer's size */
void buffer_drop(struct buffer *buffer, size_t size);

#endif
