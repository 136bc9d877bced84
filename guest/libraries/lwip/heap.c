/* SPDX-License-Identifier: ISC */
/*
 * heap.c -- lwIP's heap, which has what is sent until the peer has it
 *
 * lwIP's own mem.c looks for room from the lowest free byte on, past all that is in use: with 64
 * connections that send files this took a quarter of a server's time. Here chunks have sizes in steps of 64
 * bytes, with a list of free ones for each size, so that nearly all are found and freed at once.
 * Free neighbours are joined. What is above the highest chunk is used last, so most of it is never touched.
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

struct chunk {
	u32_t size;             /* with this header, a multiple of STEP */
	u32_t before : 31;      /* the size of the chunk below; 0: this is the first */
	u32_t is_free : 1;
	/* while it is free */
	struct chunk *next, *last;
};

static unsigned char heap[MEM_SIZE / STEP * STEP] __attribute__((aligned(STEP)));
static struct chunk *lists[LISTS];
static u64_t filled;            /* bit N: lists[N] isn't empty */
static u32_t top, top_size;     /* where chunks end, and the size of the highest one */

static unsigned list_of(u32_t size)
{
	return size / STEP < LISTS ? size / STEP : LISTS - 1;
}

static struct chunk *above(const struct chunk *chunk)
{
	unsigned char *end = (unsigned char *)chunk + chunk->size;

	return end < heap + top ? (struct chunk *)end : NULL;
}

static void list_add(struct chunk *chunk)
{
	unsigned list = list_of(chunk->size);

	chunk->is_free = true;
	chunk->last = NULL;
	chunk->next = lists[list];
	if (chunk->next)
		chunk->next->last = chunk;
	lists[list] = chunk;
	filled |= (u64_t)1 << list;
}

static void list_remove(struct chunk *chunk)
{
	unsigned list = list_of(chunk->size);

	chunk->is_free = false;
	if (chunk->next)
		chunk->next->last = chunk->last;
	if (chunk->last)
		chunk->last->next = chunk->next;
	else
		lists[list] = chunk->next;
	if (!lists[list])
		filled &= ~((u64_t)1 << list);
}

/* joins the chunk, which is in no list, with free neighbours; the highest joins the memory above all chunks */
static void give_back(struct chunk *chunk)
{
	struct chunk *next = above(chunk), *below = (struct chunk *)((unsigned char *)chunk - chunk->before);

	if (next && next->is_free) {
		list_remove(next);
		chunk->size += next->size;
	}
	if (below != chunk && below->is_free) {
		list_remove(below);
		below->size += chunk->size;
		chunk = below;
	}
	next = above(chunk);
	if (next) {
		next->before = chunk->size & SIZE_MASK;
		list_add(chunk);
	} else {
		top = (u32_t)((unsigned char *)chunk - heap);
		top_size = chunk->before;
	}
}

/* frees what the chunk, which is in use, has beyond size */
static void cut(struct chunk *chunk, u32_t size)
{
	struct chunk *rest = (struct chunk *)((unsigned char *)chunk + size);

	if (chunk->size == size)
		return;
	rest->size = chunk->size - size;
	rest->before = size & SIZE_MASK;
	chunk->size = size;
	give_back(rest);
}

/* a free chunk of at least size bytes, NULL if there is none */
static struct chunk *find(u32_t size)
{
	u64_t lists_left = filled >> list_of(size) << list_of(size);
	struct chunk *chunk;

	if (!lists_left)
		return NULL;
	/* in the last list sizes differ; in all others they are the same, and large enough */
	for (chunk = lists[__builtin_ctzll(lists_left)]; chunk && chunk->size < size; chunk = chunk->next)
		;
	return chunk;
}

static struct chunk *append(u32_t size)
{
	struct chunk *chunk = (struct chunk *)(heap + top);

	if (size > sizeof(heap) - top)
		return NULL;
	*chunk = (struct chunk){.size = size, .before = top_size & SIZE_MASK};
	top += size;
	top_size = size;
	return chunk;
}

static u32_t chunk_size(mem_size_t size)
{
	return (u32_t)(((u64_t)size + HEADER + STEP - 1) / STEP * STEP);
}

static struct chunk *chunk_of(void *memory)
{
	return (struct chunk *)((unsigned char *)memory - HEADER);
}

void mem_init(void)
{
}

void *mem_malloc(mem_size_t size)
{
	struct chunk *chunk;

	if (size > sizeof(heap) - HEADER)
		return NULL;
	size = chunk_size(size);
	chunk = find(size);
	if (chunk) {
		list_remove(chunk);
		cut(chunk, size);
	} else {
		chunk = append(size);
	}
	if (!chunk)
		return NULL;
	MEM_STATS_INC_USED(used, size);
	return (unsigned char *)chunk + HEADER;
}

void *mem_calloc(mem_size_t count, mem_size_t size)
{
	void *memory = size && count > sizeof(heap) / size ? NULL : mem_malloc(count * size);

	return memory ? memset(memory, 0, count * size) : NULL;
}

void mem_free(void *memory)
{
	struct chunk *chunk;

	if (!memory)
		return;
	chunk = chunk_of(memory);
	MEM_STATS_DEC_USED(used, chunk->size);
	give_back(chunk);
}

/* size: at most what it has */
void *mem_trim(void *memory, mem_size_t size)
{
	struct chunk *chunk = chunk_of(memory);
	u32_t before = chunk->size;

	cut(chunk, chunk_size(size));
	MEM_STATS_DEC_USED(used, before - chunk->size);
	return memory;
}
