/* SPDX-License-Identifier: ISC */
/*
 * memory.c -- memory for Mbed TLS: short blocks that it frees are kept, and used again
 *
 * Each operation on a long number takes and frees blocks of a few dozen bytes: thousands in a handshake, one fifth
 * of its time in the C library's allocator. A block's head says its class, in multiples of 64 bytes, and whether it
 * is in use: freeing one twice, or one whose head was overwritten, ends the program.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mbedtls/platform.h"

enum {
	STEP = 64,              /* bytes */
	CLASSES = 8,            /* of 64 to 512 bytes: the latter is a product of numbers of 2048 bits */
	LARGE = CLASSES,        /* the class of blocks that are not kept */
	KEPT = 64,              /* free blocks of a class, at most: 152 KiB in all */
};

/* before a block, which is aligned as malloc's are */
struct head {
	_Alignas(max_align_t) size_t class;
	struct head *next;      /* of the free ones; of one in use: itself */
};

static struct {
	struct head *first;
	unsigned count;
} kept[CLASSES];

/* a kept block, or a new one */
static struct head *head_get(size_t class)
{
	struct head *head = kept[class].first;

	if (head) {
		kept[class].first = head->next;
		kept[class].count--;
	} else {
		head = malloc(sizeof(*head) + (class + 1) * STEP);
	}
	return head ? memset(head, 0, sizeof(*head) + (class + 1) * STEP) : NULL;
}

void *mbedtls_memory_calloc(size_t count, size_t size)
{
	struct head *head;
	size_t bytes, class;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > PTRDIFF_MAX - sizeof(*head))
		return NULL;
	class = bytes > CLASSES * STEP ? LARGE : bytes ? (bytes - 1) / STEP : 0;
	/* calloc doesn't touch new pages, such as those of a connection's buffers */
	head = class == LARGE ? calloc(1, sizeof(*head) + bytes) : head_get(class);
	if (!head)
		return NULL;
	*head = (struct head){class, head};
	return head + 1;
}

void mbedtls_memory_free(void *block)
{
	struct head *head = block;

	if (!head--)
		return;
	if (head->next != head || head->class > LARGE)
		abort();
	head->next = NULL;
	if (head->class == LARGE || kept[head->class].count == KEPT) {
		free(head);
		return;
	}
	head->next = kept[head->class].first;
	kept[head->class].first = head;
	kept[head->class].count++;
}
