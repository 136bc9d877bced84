/* SPDX-License-Identifier: ISC */
/* store_log.c -- records of a volume's changes */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store.h"

long store_fail(struct store *store)
{
	store->volume.readonly = 1;
	return -EIO;
}

/* starts the time after which changes are written */
static void pending_begin(struct store *store)
{
	if (!store->pending_since)
		store->pending_since = store->device.now() | 1;
}

/* room for the record's head is before the changes, so that one write has both */
void store_note(struct store *store, const unsigned char *change, size_t size)
{
	size_t needed = (RECORD_SIZE + store->pending_size + size + STORE_BLOCK - 1) & -(size_t)STORE_BLOCK;
	unsigned char *pending;

	pending_begin(store);
	if (needed > store->pending_capacity) {
		pending = realloc(store->pending, needed);
		if (!pending) {
			store->pending_lost = 1;
			return;
		}
		store->pending = pending;
		store->pending_capacity = needed;
	}
	memcpy(store->pending + RECORD_SIZE + store->pending_size, change, size);
	store->pending_size += size;
}

void store_changed(struct store *store, struct store_node *node, unsigned char what)
{
	if (node->orphan)
		return;
	pending_begin(store);
	if (!node->changed) {
		node->next_changed = store->changed;
		store->changed = node;
	}
	node->changed |= what;
}

/* at most half of an area, which leaves the other half for records */
long store_live_add(struct store *store, size_t size)
{
	if (store->live + size > (size_t)store->area_blocks * STORE_BLOCK / 2)
		return -ENOSPC;
	store->live += size;
	return 0;
}

long store_flush(struct store *store)
{
	if (!store->unsafe)
		return 0;
	if (store->device.flush(store->device.context))
		return store_fail(store);
	store->unsafe = store->fresh = 0;
	return 0;
}

static void changed_note(struct store *store, int only_data)
{
	unsigned char change[STORE_CHANGE_MAX];
	struct store_node *node = store->changed, *next;

	store->changed = NULL;
	for (; node; node = next) {
		next = node->next_changed;
		if (only_data && node->changed == CHANGED_TIME) {
			node->next_changed = store->changed;
			store->changed = node;
			continue;
		}
		store_note(store, change, change_state(change, &node->node));
		node->changed = 0;
	}
}

static long record_write(struct store *store, int flush)
{
	uint32_t blocks = (uint32_t)((RECORD_SIZE + store->pending_size + STORE_BLOCK - 1) / STORE_BLOCK);
	size_t size = RECORD_SIZE + store->pending_size;
	unsigned char *at;
	long error;

	if (store->pending_lost || blocks > store->area_blocks - store->position)
		return store_snapshot(store);
	at = put_number(store->pending, RECORD_MAGIC, 4) + 4;
	at = put_number(at, store->generation, 8);
	at = put_number(at, store->position, 4);
	at = put_number(at, store->safe, 4);
	at = put_number(at, store->chain, 4);
	put_number(at, store->pending_size, 4);
	store->chain = checksum(0, store->pending + 8, size - 8);
	put_number(store->pending + 4, store->chain, 4);
	memset(store->pending + size, 0, (size_t)blocks * STORE_BLOCK - size);
	error = (flush ? blocks_write_flush : blocks_write)(store, store_area_start(store, store->area) + store->position,
							    store->pending, blocks);
	store->position += blocks;
	store->pending_size = 0;
	return error;
}

/* a snapshot would have a batch's new blocks without their content, so what doesn't fit fails */
static long batch_write(struct store *store)
{
	size_t size = store->pending_size;
	uint32_t position = store->position;
	long error = store->pending_lost ? -ENOMEM : batch_put(store);

	if (!error && RECORD_SIZE + store->pending_size > (size_t)(store->area_blocks - position) * STORE_BLOCK)
		error = -EFBIG;
	if (!error)
		error = record_write(store, 1);
	if (!error)
		batch_done(store, position);
	else
		store->pending_size = size;
	return error;
}

long store_write(struct store *store, int wait, int only_data)
{
	int record, batch = store->batch && !store->batch_failed;
	long error;

	if (store->volume.readonly)
		return store->pending_since ? -EIO : 0;
	changed_note(store, only_data);
	record = batch || store->pending_size || store->pending_lost;
	error = cache_write(store, 0, UINT32_MAX, record ? store->fresh : wait);
	if (error)
		return error;
	if (record) {
		/* data must be on the disk before a record that adds it to a file */
		if (store->fresh)
			error = store_flush(store);
		if (!error)
			error = batch ? batch_write(store) : record_write(store, wait);
		store->fresh = 0;
	}
	if (!error && wait) {
		error = store_flush(store);
		if (!error) {
			store->safe = store->position;
			space_settle(store);
		}
	}
	if (!error && !store->changed)
		store->pending_since = 0;
	return error;
}

long store_commit(struct store *store, int wait, int only_data)
{
	batch_undo(store);
	return store_write(store, wait, only_data);
}
