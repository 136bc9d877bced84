/* SPDX-License-Identifier: ISC */
/*
 * memory.c -- memcpy where musl's takes long: it is one "rep movsq", three times slower if the two addresses differ modulo 8
 *
 * Frames and strings seldom lie as the hardware would like it. Weak, since musl's
 * memmove brings musl's memcpy with it, which then is everybody's.
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
			/* lest the compiler see memcpy in it, and call that */
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
