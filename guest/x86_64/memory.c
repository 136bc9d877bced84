/* SPDX-License-Identifier: ISC */
/*
 * memory.c -- a memcpy for misaligned data, where musl's "rep movsq" is three times slower
 *
 * Frames and strings are seldom aligned. Weak, since musl's memmove pulls in
 * musl's memcpy, which then serves all callers.
 */
#include <stdint.h>
#include <string.h>

/* at any address */
typedef uint64_t chunk __attribute__((vector_size(16), aligned(1), may_alias));

__attribute__((weak)) void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
	uint8_t *at = to, *end = at + size;
	const uint8_t *next = from;

	if (size >= sizeof(chunk)) {
		uint8_t *last = end - sizeof(chunk);
		chunk tail = *(const chunk *)(next + size - sizeof(chunk));

		for (; at < last; at += sizeof(chunk), next += sizeof(chunk)) {
			*(chunk *)at = *(const chunk *)next;
			/* keeps the compiler from turning the loop into a call of memcpy */
			__asm__ volatile("");
		}
		*(chunk *)last = tail;
		return to;
	}
	while (at < end) {
		*at++ = *next++;
		__asm__ volatile("");
	}
	return to;
}
