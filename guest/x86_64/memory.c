/* SPDX-License-Identifier: ISC */
/*
 * memory.c -- memcpy and memmove that are fast for short and misaligned data, as musl's, a "rep movsq" for all, are not
 *
 * Frames, strings and numbers are short and seldom aligned. Weak, since applications may bring their own. memmove is here
 * because musl's would bring musl's memcpy, which then would serve all callers.
 */
#include <stdint.h>
#include <string.h>

/* at any address */
typedef uint64_t chunk __attribute__((vector_size(16), aligned(1), may_alias));
typedef uint64_t half __attribute__((aligned(1), may_alias));
typedef uint32_t quarter __attribute__((aligned(1), may_alias));

enum {
	CHUNKS = 4,                     /* that are copied together */
	LONG = 2048,                    /* bytes from which on the processor's own loop is the faster one */
};

/* up to 16 bytes, which are all read before the first is written */
static inline void short_copy(uint8_t *to, const uint8_t *from, size_t size)
{
	if (size >= sizeof(half)) {
		half first = *(const half *)from, last = *(const half *)(from + size - sizeof(half));

		*(half *)to = first;
		*(half *)(to + size - sizeof(half)) = last;
	} else if (size >= sizeof(quarter)) {
		quarter first = *(const quarter *)from, last = *(const quarter *)(from + size - sizeof(quarter));

		*(quarter *)to = first;
		*(quarter *)(to + size - sizeof(quarter)) = last;
	} else if (size) {
		uint8_t first = from[0], middle = from[size / 2], last = from[size - 1];

		to[0] = first;
		to[size / 2] = middle;
		to[size - 1] = last;
	}
}

static inline void chunks_copy(uint8_t *to, const uint8_t *from)
{
	const chunk *source = (const chunk *)from;
	chunk first = source[0], second = source[1], third = source[2], fourth = source[3];

	((chunk *)to)[0] = first;
	((chunk *)to)[1] = second;
	((chunk *)to)[2] = third;
	((chunk *)to)[3] = fourth;
	/* keeps the compiler from turning the loop into a call of memcpy */
	__asm__ volatile("");
}

/* More than 16 bytes, from the first to the last. Also if they overlap and to is the lower one: nothing is written before it is read. */
static inline void forward_copy(uint8_t *to, const uint8_t *from, size_t size)
{
	uint8_t *last = to + size - sizeof(chunk);
	chunk tail = *(const chunk *)(from + size - sizeof(chunk));

	for (; (size_t)(last - to) >= CHUNKS * sizeof(chunk); to += CHUNKS * sizeof(chunk), from += CHUNKS * sizeof(chunk))
		chunks_copy(to, from);
	for (; to < last; to += sizeof(chunk), from += sizeof(chunk)) {
		*(chunk *)to = *(const chunk *)from;
		__asm__ volatile("");
	}
	*(chunk *)last = tail;
}

/* the same from the last to the first */
static inline void backward_copy(uint8_t *to, const uint8_t *from, size_t size)
{
	chunk head = *(const chunk *)from;
	size_t left = size;

	for (; left >= CHUNKS * sizeof(chunk); left -= CHUNKS * sizeof(chunk))
		chunks_copy(to + left - CHUNKS * sizeof(chunk), from + left - CHUNKS * sizeof(chunk));
	for (; left > sizeof(chunk); left -= sizeof(chunk)) {
		*(chunk *)(to + left - sizeof(chunk)) = *(const chunk *)(from + left - sizeof(chunk));
		__asm__ volatile("");
	}
	*(chunk *)to = head;
}

/* the same without overlap */
static inline void long_copy(uint8_t *to, const uint8_t *from, size_t size)
{
	uint8_t *last = to + size - sizeof(chunk);
	chunk tail = *(const chunk *)(from + size - sizeof(chunk));
	size_t count = size / sizeof(half);

	__asm__ volatile("rep movsq" : "+D"(to), "+S"(from), "+c"(count) : : "memory");
	*(chunk *)last = tail;
}

__attribute__((weak)) void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
	if (size <= sizeof(chunk))
		short_copy(to, from, size);
	else if (size < LONG)
		forward_copy(to, from, size);
	else
		long_copy(to, from, size);
	return to;
}

__attribute__((weak)) void *memmove(void *to, const void *from, size_t size)
{
	if (size <= sizeof(chunk))
		short_copy(to, from, size);
	else if ((uintptr_t)to - (uintptr_t)from >= size)
		forward_copy(to, from, size);
	else
		backward_copy(to, from, size);
	return to;
}
