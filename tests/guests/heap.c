/* SPDX-License-Identifier: ISC */
/*
 * heap.c -- a large heap, as its argument says:
 *
 *   all       writes to a byte of each 64 KiB from the last to the first, then reads them
 *   buffers   has random bytes put into the middle before it touches it, and prints a text from the last bytes
 *   execute   calls the last word
 *   beyond    writes right behind the end
 */
#include <stdint.h>
#include <string.h>

#include "uk.h"

enum { PAGE = 4096, STRIDE = 64 << 10, WORDS = 8 };

static bool all(uint8_t *heap, uint64_t size)
{
	for (uint64_t at = size - 1;; at -= STRIDE) {
		if (heap[at])
			return false;
		heap[at] = (uint8_t)(at / STRIDE % 255 + 1);
		if (at < STRIDE)
			break;
	}
	for (uint64_t at = size - 1;; at -= STRIDE) {
		if (heap[at] != (uint8_t)(at / STRIDE % 255 + 1))
			return false;
		if (at < STRIDE)
			break;
	}
	return true;
}

static bool buffers(uint8_t *heap, uint64_t size)
{
	uint64_t *words = (uint64_t *)(void *)(heap + size / 2 / PAGE * PAGE);
	static const char text[] = "text\n";
	unsigned filled = 0;

	uk_random(words, WORDS * sizeof(*words));
	for (unsigned i = 0; i < WORDS; i++)
		filled += words[i] != 0;
	for (unsigned i = 0; i < sizeof(text) - 1; i++)
		heap[size - sizeof(text) + 1 + i] = (uint8_t)text[i];
	solo5_console_write((char *)heap + size - sizeof(text) + 1, sizeof(text) - 1);
	return filled == WORDS;
}

int solo5_app_main(const struct solo5_start_info *start)
{
	uint8_t *heap = (uint8_t *)start->heap_start;
	uint64_t size = start->heap_size;

	if (!strcmp(start->cmdline, "all"))
		return !all(heap, size);
	if (!strcmp(start->cmdline, "buffers"))
		return !buffers(heap, size);
	if (!strcmp(start->cmdline, "execute"))
		((void (*)(void))(start->heap_start + size - sizeof(uint64_t)))();
	if (!strcmp(start->cmdline, "beyond"))
		*(volatile uint8_t *)(heap + size) = 1;
	return 2;
}
