/* SPDX-License-Identifier: ISC */
/*
 * heap.c -- lwIP's heap, which has what is sent until the peer has it
 *
 * lwIP's own mem.c looks for room from the lowest free byte on, past all that is in use: with 64
 * connections that send files this took a quarter of a server's time. Here blocks have sizes in steps of 64
 * bytes, with a list of free ones for each size, so that nearly all are found and freed at once.
 * Free neighbours are joined. What is above the highest block is used last, so most of it is never touched.
 */
#include <stdbool.h>
#include <string.h>

#include "lwip/mem.h"
#include "lwip/stats.h"

enum {
	STEP = 64,
	LISTS = 64,             /* the last one has all sizes from its own on */
	HEADER = 8,
	SIZE_MASK = 0x7fffffff,
};

struct block {
	u32_t size;             /* with this header, a multiple of STEP */
	u32_t before : 31;      /* the size of the block below; 0: this is the first */
	u32_t is_free : 1;
	/* while it is free */
	struct block *next, *last;
};

static unsigned char heap[MEM_SIZE / STEP * STEP] __attribute__((aligned(STEP)));
static struct block *lists[LISTS];
static u64_t filled;            /* bit N: lists[N] isn't empty */
static u32_t top, top_size;     /* where blocks end, and the size of the highest one */

static unsigned list_of(u32_t size)
{
	return size / STEP < LISTS ? size / STEP : LISTS - 1;
}

static struct block *above(const struct block *block)
{
	unsigned char *end = (unsigned char *)block + block->size;

	return end < heap + top ? (struct block *)end : NULL;
}

static void list_add(struct block *block)
{
	unsigned list = list_of(block->size);

	block->is_free = true;
	block->last = NULL;
	block->next = lists[list];
	if (block->next)
		block->next->last = block;
	lists[list] = block;
	filled |= (u64_t)1 << list;
}

static void list_remove(struct block *block)
{
	unsigned list = list_of(block->size);

	block->is_free = false;
	if (block->next)
		block->next->last = block->last;
	if (block->last)
		block->last->next = block->next;
	else
		lists[list] = block->next;
	if (!lists[list])
		filled &= ~((u64_t)1 << list);
}

/* joins the block, which is in no list, with free neighbours; the highest joins the memory above all blocks */
static void give_back(struct block *block)
{
	struct block *next = above(block), *below = (struct block *)((unsigned char *)block - block->before);

	if (next && next->is_free) {
		list_remove(next);
		block->size += next->size;
	}
	if (below != block && below->is_free) {
		list_remove(below);
		below->size += block->size;
		block = below;
	}
	next = above(block);
	if (next) {
		next->before = block->size & SIZE_MASK;
		list_add(block);
	} else {
		top = (u32_t)((unsigned char *)block - heap);
		top_size = block->before;
	}
}

/* frees what the block, which is in use, has beyond size */
static void cut(struct block *block, u32_t size)
{
	struct block *rest = (struct block *)((unsigned char *)block + size);

	if (block->size == size)
		return;
	rest->size = block->size - size;
	rest->before = size & SIZE_MASK;
	block->size = size;
	give_back(rest);
}

/* a free block of at least size bytes, NULL if there is none */
static struct block *find(u32_t size)
{
	u64_t lists_left = filled >> list_of(size) << list_of(size);
	struct block *block;

	if (!lists_left)
		return NULL;
	/* in the last list sizes differ; in all others they are the same, and large enough */
	for (block = lists[__builtin_ctzll(lists_left)]; block && block->size < size; block = block->next)
		;
	return block;
}

static struct block *append(u32_t size)
{
	struct block *block = (struct block *)(heap + top);

	if (size > sizeof(heap) - top)
		return NULL;
	*block = (struct block){.size = size, .before = top_size & SIZE_MASK};
	top += size;
	top_size = size;
	return block;
}

static u32_t block_size(mem_size_t size)
{
	return (u32_t)(((u64_t)size + HEADER + STEP - 1) / STEP * STEP);
}

static struct block *block_of(void *memory)
{
	return (struct block *)((unsigned char *)memory - HEADER);
}

void mem_init(void)
{
}

void *mem_malloc(mem_size_t size)
{
	struct block *block;

	if (size > sizeof(heap) - HEADER)
		return NULL;
	size = block_size(size);
	block = find(size);
	if (block) {
		list_remove(block);
		cut(block, size);
	} else {
		block = append(size);
	}
	if (!block)
		return NULL;
	MEM_STATS_INC_USED(used, size);
	return (unsigned char *)block + HEADER;
}

void *mem_calloc(mem_size_t count, mem_size_t size)
{
	void *memory = size && count > sizeof(heap) / size ? NULL : mem_malloc(count * size);

	return memory ? memset(memory, 0, count * size) : NULL;
}

void mem_free(void *memory)
{
	struct block *block;

	if (!memory)
		return;
	block = block_of(memory);
	MEM_STATS_DEC_USED(used, block->size);
	give_back(block);
}

/* size: at most what it has */
void *mem_trim(void *memory, mem_size_t size)
{
	struct block *block = block_of(memory);
	u32_t before = block->size;

	cut(block, block_size(size));
	MEM_STATS_DEC_USED(used, before - block->size);
	return memory;
}
