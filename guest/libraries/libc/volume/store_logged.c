/* SPDX-License-Identifier: ISC */
/*
 * store_logged.c -- data in the log of a volume, and where the newest content of a block is
 *
 * There is an entry for each block of the area, so that later ones in the log are at
 * higher positions. Programs whose files were never written in batches have none.
 */
#include <errno.h>
#include <string.h>

#include "store.h"

long logged_set(struct store *store, uint32_t position, uint32_t block, uint32_t word)
{
	if (!store->logged)
		store->logged = block_take(store->area_blocks * sizeof(*store->logged));
	if (!store->logged)
		return -ENOMEM;
	store->logged[position] = (struct logged){block, word};
	return 0;
}

/* the first position before another one that has one of these blocks; 0: none */
static uint32_t logged_before(const struct store *store, uint32_t position, uint32_t block, uint32_t count)
{
	if (!store->logged)
		return 0;
	/* the first block of an area is a snapshot's */
	while (--position)
		if (store->logged[position].block && store->logged[position].block >= block &&
		    store->logged[position].block - block < count)
			return position;
	return 0;
}

int logged_has(const struct store *store, uint32_t block, uint32_t count)
{
	return logged_before(store, store->position, block, count) != 0;
}

void logged_forget(struct store *store, uint32_t block, uint32_t count)
{
	for (uint32_t at = store->area_blocks; (at = logged_before(store, at, block, count));)
		store->logged[at].block = 0;
}

long block_read(struct store *store, uint32_t block, unsigned char *bytes)
{
	uint32_t at = logged_before(store, store->position, block, 1);
	uint64_t place = at ? store_area_start(store, store->area) + at : block;

	if (store->device.read(store->device.context, place * STORE_BLOCK, bytes, STORE_BLOCK))
		return -EIO;
	if (at)
		put_number(bytes, store->logged[at].word, 4);
	return 0;
}

/* the lowest block from one on that is in the log; 0: none */
static uint32_t logged_next(const struct store *store, uint32_t from)
{
	uint32_t lowest = 0;

	for (uint32_t at = store->position; (at = logged_before(store, at, from, UINT32_MAX - from));)
		if (!lowest || store->logged[at].block < lowest)
			lowest = store->logged[at].block;
	return lowest;
}

/* a cached page of such a block is never dirty */
static long content_now(struct store *store, uint32_t block, unsigned char *bytes)
{
	const struct store_page *page = cache_find(store, block);

	if (!page)
		return block_read(store, block, bytes);
	memcpy(bytes, page_bytes(store, (unsigned)(page - store->pages)), STORE_BLOCK);
	return 0;
}

long logged_write(struct store *store)
{
	unsigned char *together = page_bytes(store, store->page_count);
	uint32_t block = logged_next(store, 1);
	long error = 0;

	while (block && !error) {
		uint32_t run = 0, next = block;

		while (next == block + run && run < store->page_count && !error) {
			error = content_now(store, next, together + (size_t)run * STORE_BLOCK);
			next = logged_next(store, block + ++run);
		}
		if (!error)
			error = blocks_write(store, block, together, run);
		block = next;
	}
	return error;
}
