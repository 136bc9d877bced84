/* SPDX-License-Identifier: ISC */
/* store_content.c -- reads and writes the content of a volume's files */
#include <errno.h>
#include <string.h>

#include "store.h"

/* from this number of adjacent blocks on, data goes to the device without a copy in memory */
enum { DIRECT_FROM = 8 };

/* a part of a file's bytes: within one block, or whole blocks that are adjacent on the device */
struct part {
	uint32_t logical, physical;     /* physical 0: none */
	uint32_t blocks;                /* whole blocks, if at least DIRECT_FROM; else 0 */
	size_t within, size;            /* bytes */
	uint32_t run;                   /* blocks in the file that continue the first */
};

/* whether the content of one of these blocks is not that of its place, even after a write of dirty pages */
static int is_ahead(struct store *store, uint32_t block, uint32_t count)
{
	int held = 0;

	for (unsigned i = 0; i < store->page_count && !held && store->batch; i++)
		held = store->pages[i].held && store->pages[i].block >= block && store->pages[i].block - block < count;
	return held || logged_has(store, block, count);
}

static struct part part_find(struct store_node *file, uint64_t offset, size_t size)
{
	struct store *store = store_of(&file->node);
	struct part part = {.logical = (uint32_t)(offset / STORE_BLOCK), .within = offset % STORE_BLOCK};
	size_t whole = size / STORE_BLOCK;

	part.physical = extents_find(file, part.logical, &part.run);
	if (whole > part.run)
		whole = part.run;
	if (!part.within && whole >= DIRECT_FROM && store->batch != file &&
	    !(part.physical && is_ahead(store, part.physical, (uint32_t)whole))) {
		part.blocks = (uint32_t)whole;
		part.size = whole * STORE_BLOCK;
	} else {
		part.size = size < STORE_BLOCK - part.within ? size : STORE_BLOCK - part.within;
	}
	return part;
}

static long part_read(struct store *store, const struct part *part, unsigned char *bytes)
{
	const unsigned char *page;

	if (!part->physical) {
		memset(bytes, 0, part->size);
		return 0;
	}
	if (part->blocks) {
		long error = cache_write(store, part->physical, part->blocks, 0);

		return error ? error : store->device.read(store->device.context, (uint64_t)part->physical * STORE_BLOCK,
							  bytes, part->size) ? -EIO : 0;
	}
	page = cache_page(store, part->physical, 1);
	if (!page)
		return -EIO;
	memcpy(bytes, page + part->within, part->size);
	return 0;
}

long content_read(struct store *store, struct store_node *file, void *bytes, size_t size, uint64_t offset)
{
	size_t done = 0;

	while (done < size) {
		struct part part = part_find(file, offset + done, size - done);

		if (part_read(store, &part, (unsigned char *)bytes + done))
			return done ? (long)done : -EIO;
		done += part.size;
	}
	return (long)done;
}

static void extent_note(struct store *store, struct store_node *file, const struct extent *extent)
{
	unsigned char change[STORE_CHANGE_MAX];

	if (!file->orphan)
		store_note(store, change, change_extent(change, &file->node, extent));
	/* a batch's data is in the record itself */
	if (store->batch != file)
		store->fresh = 1;
}

/* gives the file up to that many blocks from one on, where it has none; returns their number */
static long blocks_add(struct store *store, struct store_node *file, uint32_t logical, uint32_t count, uint32_t *physical)
{
	struct extent extent = {.logical = logical};
	uint32_t run, near = logical ? extents_find(file, logical - 1, &run) : 0;
	long error;

	extent.physical = space_take(store, near ? near + 1 : 0, count, &extent.count);
	if (!extent.physical)
		return -ENOSPC;
	error = extents_add(file, &extent);
	if (error) {
		space_give(store, extent.physical, extent.count, 1);
		return error;
	}
	extent_note(store, file, &extent);
	*physical = extent.physical;
	return extent.count;
}

/* before a block changes: if the log has its content, and what comes is not in the log, too, that must go to its place */
static long block_settle(struct store *store, const struct store_node *file, uint32_t block)
{
	long error;

	if (store->batch == file || !logged_has(store, block, 1))
		return 0;
	batch_undo(store);
	error = cache_write(store, 0, UINT32_MAX, 0);
	return error ? error : store_snapshot(store);
}

static long page_changed(struct store *store, const struct store_node *file, unsigned char *page, uint32_t logical, int fresh)
{
	if (store->batch == file)
		return batch_hold(store, page, logical, fresh);
	cache_dirty(store, page);
	return 0;
}

static long part_write(struct store *store, const struct store_node *file, const struct part *part, const unsigned char *bytes, int fresh)
{
	unsigned char *page;
	long error;

	if (part->blocks) {
		cache_forget(store, part->physical, part->blocks);
		return blocks_write(store, part->physical, bytes, part->blocks);
	}
	error = block_settle(store, file, part->physical);
	if (error)
		return error;
	page = cache_page(store, part->physical, !fresh && part->size < STORE_BLOCK);
	if (!page)
		return store->volume.readonly ? -EIO : store_fail(store);
	error = page_changed(store, file, page, part->logical, fresh);
	if (!error)
		memcpy(page + part->within, bytes, part->size);
	return error;
}

/* the part of a block after the file's end was never written */
static long tail_clear(struct store *store, const struct store_node *file)
{
	uint32_t logical = (uint32_t)(file->node.size / STORE_BLOCK);
	size_t within = file->node.size % STORE_BLOCK;
	uint32_t run, physical = within ? extents_find(file, logical, &run) : 0;
	unsigned char *page;
	long error;

	if (!physical)
		return 0;
	error = block_settle(store, file, physical);
	if (error)
		return error;
	page = cache_page(store, physical, 1);
	if (!page)
		return -EIO;
	error = page_changed(store, file, page, logical, 0);
	if (!error)
		memset(page + within, 0, STORE_BLOCK - within);
	return error;
}

/* writes one part: returns bytes, or a negative errno */
static long write_part(struct store *store, struct store_node *file, const unsigned char *bytes, size_t size, uint64_t offset)
{
	struct part part = part_find(file, offset, size);
	int fresh = !part.physical;
	long error;

	if (fresh) {
		long count = blocks_add(store, file, part.logical, part.blocks ? part.blocks : 1, &part.physical);

		if (count < 0)
			return count;
		if (part.blocks) {
			part.blocks = (uint32_t)count;
			part.size = (size_t)count * STORE_BLOCK;
		}
	}
	error = part_write(store, file, &part, bytes, fresh);
	return error ? error : (long)part.size;
}

long content_write(struct store *store, struct store_node *file, const void *bytes, size_t size, uint64_t offset)
{
	size_t done = 0;
	long error = 0;

	if (!size)
		return 0;
	if (offset >= STORE_FILE_MAX)
		return -EFBIG;
	if (size > STORE_FILE_MAX - offset)
		size = STORE_FILE_MAX - offset;
	/* freed blocks may be used once that is on the disk */
	if (store->freed_count && store->free < size / STORE_BLOCK + 2)
		error = store_commit(store, 1, 0);
	if (!error && store->batch == file && store->batch_failed)
		error = -EFBIG;
	if (!error && offset > file->node.size)
		error = tail_clear(store, file);
	while (done < size && !error) {
		long part = write_part(store, file, (const unsigned char *)bytes + done, size - done, offset + done);

		if (part < 0)
			error = part;
		else
			done += (size_t)part;
	}
	/* its other parts are undone, too */
	if (store->batch == file && store->batch_failed)
		return -EFBIG;
	if (offset + done > file->node.size && done) {
		file->node.size = offset + done;
		store_changed(store, file, CHANGED_SIZE);
	}
	return done ? (long)done : error;
}

long content_resize(struct store *store, struct store_node *file, uint64_t size)
{
	unsigned char change[STORE_CHANGE_MAX];
	uint32_t blocks = (uint32_t)((size + STORE_BLOCK - 1) / STORE_BLOCK);
	long error;

	if (size > STORE_FILE_MAX)
		return -EFBIG;
	/* not a write, so not part of a batch */
	if (store->batch == file)
		return -EBUSY;
	if (size < file->node.size) {
		if (!file->orphan && file->count)
			store_note(store, change, change_cut(change, &file->node, blocks));
		extents_cut(store, file, blocks, 0);
	} else {
		error = tail_clear(store, file);
		if (error)
			return error;
	}
	file->node.size = size;
	store_changed(store, file, CHANGED_SIZE);
	return 0;
}
