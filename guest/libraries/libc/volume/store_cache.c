/* SPDX-License-Identifier: ISC */
/*
 * store_cache.c -- blocks of a volume's data that are kept in memory
 *
 * Written data stays here until it must be on the device, or a page is needed for
 * another block; then all dirty pages are written, adjacent ones in one write.
 */
#include <string.h>

#include "store.h"

unsigned char *page_bytes(struct store *store, unsigned page)
{
	return store->page_bytes + (size_t)page * STORE_BLOCK;
}

long blocks_write(struct store *store, uint32_t block, const unsigned char *bytes, uint32_t count)
{
	store->unsafe = 1;
	return store->device.write(store->device.context, (uint64_t)block * STORE_BLOCK, bytes, (size_t)count * STORE_BLOCK) ?
		store_fail(store) : 0;
}

long blocks_write_flush(struct store *store, uint32_t block, const unsigned char *bytes, uint32_t count)
{
	if (store->device.write_flush(store->device.context, (uint64_t)block * STORE_BLOCK, bytes, (size_t)count * STORE_BLOCK))
		return store_fail(store);
	store->unsafe = store->fresh = 0;
	return 0;
}

/* the dirty page with the lowest block in a range; -1: none */
static int dirty_first(const struct store *store, uint32_t block, uint64_t end)
{
	int first = -1;

	for (unsigned i = 0; i < store->page_count; i++)
		if (store->pages[i].dirty && store->pages[i].block >= block && store->pages[i].block < end &&
		    (first < 0 || store->pages[i].block < store->pages[first].block))
			first = (int)i;
	return first;
}

void cache_forget(struct store *store, uint32_t block, uint32_t count)
{
	for (unsigned i = 0; i < store->page_count; i++)
		if (store->pages[i].block >= block && store->pages[i].block - block < count)
			store->pages[i] = (struct store_page){0};
}

long cache_write(struct store *store, uint32_t block, uint32_t count, int flush)
{
	unsigned char *together = page_bytes(store, store->page_count);
	uint64_t end = (uint64_t)block + count;
	int page = dirty_first(store, block, end);
	long error = 0;

	while (page >= 0 && !error) {
		uint32_t first = store->pages[page].block, run = 0;

		while (page >= 0 && store->pages[page].block == first + run) {
			memcpy(together + (size_t)run * STORE_BLOCK, page_bytes(store, (unsigned)page), STORE_BLOCK);
			store->pages[page].dirty = 0;
			run++;
			page = dirty_first(store, first + run, end);
		}
		error = (flush && page < 0 ? blocks_write_flush : blocks_write)(store, first, together, run);
	}
	return error;
}

/* a page to use for another block; -1: the device failed */
static int page_free(struct store *store)
{
	unsigned oldest = 0;

	for (unsigned i = 0; i < store->page_count; i++) {
		if (!store->pages[i].block)
			return (int)i;
		/* at most half of the pages are held */
		if (!store->pages[i].held && (store->pages[oldest].held || store->pages[i].used < store->pages[oldest].used))
			oldest = i;
	}
	if (store->pages[oldest].dirty && cache_write(store, 0, UINT32_MAX, 0))
		return -1;
	return (int)oldest;
}

struct store_page *cache_find(struct store *store, uint32_t block)
{
	for (unsigned i = 0; i < store->page_count; i++)
		if (store->pages[i].block == block)
			return &store->pages[i];
	return NULL;
}

unsigned char *cache_page(struct store *store, uint32_t block, int read)
{
	const struct store_page *found = cache_find(store, block);
	int page = found ? (int)(found - store->pages) : page_free(store);

	if (!found) {
		if (page < 0)
			return NULL;
		store->pages[page] = (struct store_page){0};
		if (read && block_read(store, block, page_bytes(store, (unsigned)page)))
			return NULL;
		store->pages[page].block = block;
	}
	if (!read)
		memset(page_bytes(store, (unsigned)page), 0, STORE_BLOCK);
	store->pages[page].used = ++store->page_uses;
	return page_bytes(store, (unsigned)page);
}

void cache_dirty(struct store *store, const unsigned char *page)
{
	store->pages[(size_t)(page - store->page_bytes) / STORE_BLOCK].dirty = 1;
}
