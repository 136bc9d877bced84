/* SPDX-License-Identifier: ISC */
/*
 * store_batch.c -- writes to a file that become durable all together, or not at all
 *
 * While a batch is open, its pages are held in the cache. Its end writes them in one
 * record, together with new blocks and the size of the file, so that there is one write and one
 * flush. If anything else has to be written before, the batch is undone: a record
 * must not add blocks to the file whose content isn't there.
 */
#include <errno.h>
#include <string.h>

#include "store.h"

/* at most half of the cache is held */
enum { BATCH_PAGES = STORE_PAGES / 2 };

/* blocks of the log that are free when a batch begins; what doesn't fit then fails */
static uint32_t room_wanted(const struct store *store)
{
	return store->area_blocks / 4 < BATCH_PAGES + 2 ? store->area_blocks / 4 : BATCH_PAGES + 2;
}

static long batch_begin(struct store *store, struct store_node *file)
{
	long error;

	if (store->batch && !store->batch_failed)
		return store->batch == file ? 0 : -EBUSY;
	error = store->volume.kind->begin(&store->volume);
	/* has its memory before anything is in the log */
	if (!error)
		error = logged_set(store, 0, 0, 0);
	/* pages of an undone batch are read again */
	if (!error)
		error = cache_write(store, 0, UINT32_MAX, 0);
	if (!error && (store->version < 2 || store->area_blocks - store->position < room_wanted(store))) {
		store->version = 2;
		error = store_snapshot(store);
	}
	if (error)
		return error;
	store->batch = file;
	store->batch_size = file->node.size;
	store->batch_failed = 0;
	return 0;
}

long batch_hold(struct store *store, unsigned char *bytes, uint32_t logical, int fresh)
{
	struct store_page *page = &store->pages[(size_t)(bytes - store->page_bytes) / STORE_BLOCK];
	unsigned held = 0;

	if (!page->held)
		page->held = fresh ? HELD_FRESH : HELD_CHANGED;
	page->logical = logical;
	for (unsigned i = 0; i < store->page_count; i++)
		held += store->pages[i].held != 0;
	if (held <= store->page_count / 2)
		return 0;
	/* this page's content may be gone, too */
	batch_undo(store);
	return -EFBIG;
}

void batch_undo(struct store *store)
{
	struct store_node *file = store->batch;

	if (!file || store->batch_failed)
		return;
	for (unsigned i = 0; i < store->page_count; i++) {
		struct store_page *page = &store->pages[i];

		if (page->held == HELD_FRESH) {
			/* the block stays, if it isn't behind the file's end, and had another file's content */
			memset(page_bytes(store, i), 0, STORE_BLOCK);
			page->held = 0;
			page->dirty = 1;
			store->fresh = 1;
		} else if (page->held) {
			*page = (struct store_page){0};
		}
	}
	store->batch = NULL;
	if (file->node.size > store->batch_size)
		content_resize(store, file, store->batch_size);
	store->batch = file;
	store->batch_failed = 1;
}

/* the held page with the lowest block from one on; NULL: none */
static struct store_page *held_next(struct store *store, uint32_t from)
{
	struct store_page *next = NULL;

	for (unsigned i = 0; i < store->page_count; i++)
		if (store->pages[i].held && store->pages[i].block >= from && (!next || store->pages[i].block < next->block))
			next = &store->pages[i];
	return next;
}

/* changes, their end, and zeroes up to a whole block; then the data, the first word of each block 0 */
long batch_put(struct store *store)
{
	unsigned char change[STORE_CHANGE_MAX];
	size_t one = change_data(change, &store->batch->node, 0, 0, 0), size = RECORD_SIZE + store->pending_size + 1;
	struct store_page *page;
	uint32_t at;

	for (page = held_next(store, 0); page; page = held_next(store, page->block + 1))
		size += one;
	at = (uint32_t)((size + STORE_BLOCK - 1) / STORE_BLOCK);
	for (page = held_next(store, 0); page; page = held_next(store, page->block + 1)) {
		const unsigned char *bytes = page_bytes(store, (unsigned)(page - store->pages));

		page->at = at;
		store_note(store, change, change_data(change, &store->batch->node, page->logical, at++, (uint32_t)get_number(bytes, 4)));
	}
	memset(change, CHANGE_END, sizeof(change));
	store_note(store, change, 1 + (-size & (STORE_BLOCK - 1)));
	for (page = held_next(store, 0); page; page = held_next(store, page->block + 1)) {
		store_note(store, change, 4);
		store_note(store, page_bytes(store, (unsigned)(page - store->pages)) + 4, STORE_BLOCK - 4);
	}
	return store->pending_lost ? -ENOMEM : 0;
}

void batch_done(struct store *store, uint32_t position)
{
	for (unsigned i = 0; i < store->page_count; i++) {
		struct store_page *page = &store->pages[i];

		if (page->held)
			logged_set(store, position + page->at, page->block, (uint32_t)get_number(page_bytes(store, i), 4));
		page->held = 0;
	}
	store->batch = NULL;
}

static long batch_end(struct store *store)
{
	long error = store->batch_failed ? -EFBIG : store_write(store, 1, 1);

	if (error)
		batch_undo(store);
	store->batch = NULL;
	return error;
}

long batch_step(struct store *store, struct store_node *file, enum volume_batch step)
{
	if (step == BATCH_BEGIN)
		return batch_begin(store, file);
	if (store->batch != file)
		return -EINVAL;
	if (step == BATCH_END)
		return batch_end(store);
	batch_undo(store);
	store->batch = NULL;
	return 0;
}
