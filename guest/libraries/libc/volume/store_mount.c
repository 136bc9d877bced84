/* SPDX-License-Identifier: ISC */
/* store_mount.c -- reads a volume: its headers, the current snapshot, and the records after it */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store.h"

enum side { SIDE_VALID, SIDE_CLEAR, SIDE_BAD };

static long blocks_read(struct store *store, uint64_t block, void *bytes, size_t blocks)
{
	return store->device.read(store->device.context, block * STORE_BLOCK, bytes, blocks * STORE_BLOCK) ? -EIO : 0;
}

static int is_zero(const unsigned char *bytes, size_t size)
{
	while (size && !*bytes) {
		bytes++;
		size--;
	}
	return !size;
}

static int header_fits(const struct store *store, const struct header *header)
{
	return header->blocks <= store->device.size / STORE_BLOCK && header->blocks <= STORE_BLOCKS_MAX &&
		header->area_blocks >= STORE_AREA_MIN && header->area_blocks <= STORE_AREA_MAX &&
		header->blocks > STORE_AREAS + 2 * (uint64_t)header->area_blocks &&
		header->snapshot_size && header->snapshot_size <= (uint64_t)header->area_blocks * STORE_BLOCK &&
		header->generation < UINT64_MAX;
}

static enum side side_read(const struct store *store, struct header *header, const unsigned char *block)
{
	if (header_read(header, block) && header_fits(store, header))
		return SIDE_VALID;
	return is_zero(block, STORE_BLOCK) ? SIDE_CLEAR : SIDE_BAD;
}

/* finds the current area; *damaged: the other one's header is neither clear nor older */
static long header_choose(struct store *store, struct header *header, int *damaged)
{
	unsigned char *blocks = store->page_bytes;
	struct header headers[2];
	enum side sides[2];
	long error = blocks_read(store, 0, blocks, 2);

	if (error)
		return error;
	for (unsigned i = 0; i < 2; i++)
		sides[i] = side_read(store, &headers[i], blocks + (size_t)i * STORE_BLOCK);
	if (sides[0] != SIDE_VALID && sides[1] != SIDE_VALID)
		return sides[0] == SIDE_CLEAR && sides[1] == SIDE_CLEAR ? -ENODATA : -EUCLEAN;
	store->area = sides[0] != SIDE_VALID || (sides[1] == SIDE_VALID && headers[1].generation > headers[0].generation);
	*header = headers[store->area];
	*damaged = sides[1 - store->area] == SIDE_BAD;
	return 0;
}

static int memory_make(struct store *store)
{
	size_t bits = ((size_t)store->blocks + 7) / 8;

	store->taken = block_take(bits);
	store->freed = store->taken ? block_take(bits) : NULL;
	if (!store->freed)
		return 0;
	store->free = store->blocks - store_data_start(store);
	/* blocks that are not for data count as used */
	for (uint32_t i = 0; i < store_data_start(store); i++)
		store->taken[i / 8] |= (unsigned char)(1 << i % 8);
	return 1;
}

static long snapshot_read(struct store *store, const struct header *header, struct store_numbers *numbers)
{
	uint32_t blocks = (uint32_t)((header->snapshot_size + STORE_BLOCK - 1) / STORE_BLOCK);
	unsigned char *bytes = malloc((size_t)blocks * STORE_BLOCK);
	long error;

	if (!bytes)
		return -ENOMEM;
	error = blocks_read(store, store_area_start(store, store->area), bytes, blocks);
	if (!error && checksum(0, bytes, (size_t)header->snapshot_size) != header->snapshot_checksum)
		error = -EUCLEAN;
	if (!error)
		error = store_replay(store, numbers, bytes, (size_t)header->snapshot_size, 0);
	free(bytes);
	store->chain = header->snapshot_checksum;
	store->position = blocks;
	return error;
}

static uint32_t record_blocks(const struct record *record)
{
	return (uint32_t)(((uint64_t)RECORD_SIZE + record->size + STORE_BLOCK - 1) / STORE_BLOCK);
}

/* reads a record's head at a block of the area; false: none */
static int record_parse(const struct store *store, struct record *record, const unsigned char *bytes, uint32_t position)
{
	record->checksum = (uint32_t)get_number(bytes + 4, 4);
	record->generation = get_number(bytes + 8, 8);
	record->position = (uint32_t)get_number(bytes + 16, 4);
	record->safe = (uint32_t)get_number(bytes + 20, 4);
	record->chain = (uint32_t)get_number(bytes + 24, 4);
	record->size = (uint32_t)get_number(bytes + 28, 4);
	return get_number(bytes, 4) == RECORD_MAGIC && record->generation == store->generation && record->position == position &&
		record_blocks(record) <= store->area_blocks - position;
}

/* reads a whole record, which the caller frees; NULL: not a record, or *error */
static unsigned char *record_read(struct store *store, struct record *record, uint32_t position, long *error)
{
	uint32_t start = store_area_start(store, store->area) + position;
	unsigned char *bytes;

	*error = blocks_read(store, start, store->page_bytes, 1);
	if (*error || !record_parse(store, record, store->page_bytes, position))
		return NULL;
	bytes = malloc((size_t)record_blocks(record) * STORE_BLOCK);
	if (!bytes) {
		*error = -ENOMEM;
		return NULL;
	}
	*error = blocks_read(store, start, bytes, record_blocks(record));
	if (!*error && checksum(0, bytes + 8, RECORD_SIZE - 8 + (size_t)record->size) == record->checksum)
		return bytes;
	free(bytes);
	return NULL;
}

/* whether a record after the end of the log says that the missing one was on the disk */
static long log_is_cut(struct store *store, int *cut)
{
	unsigned char *blocks = store->page_bytes + (size_t)store->page_count * STORE_BLOCK;
	uint32_t count = store->page_count;
	long error = 0;

	for (uint32_t position = store->position; position < store->area_blocks && !error; position += count) {
		if (count > store->area_blocks - position)
			count = store->area_blocks - position;
		error = blocks_read(store, store_area_start(store, store->area) + position, blocks, count);
		for (uint32_t i = 0; i < count && !*cut && !error; i++) {
			struct record record;
			unsigned char *bytes = NULL;

			if (record_parse(store, &record, blocks + (size_t)i * STORE_BLOCK, position + i) && record.safe > store->position)
				bytes = record_read(store, &record, position + i, &error);
			*cut = bytes != NULL;
			free(bytes);
		}
	}
	return error;
}

static long log_read(struct store *store, struct store_numbers *numbers)
{
	long error = 0;

	while (store->position < store->area_blocks && !error) {
		struct record record;
		unsigned char *bytes = record_read(store, &record, store->position, &error);

		if (!bytes || record.chain != store->chain) {
			free(bytes);
			break;
		}
		error = store_replay(store, numbers, bytes + RECORD_SIZE, record.size, store->position);
		store->chain = record.checksum;
		store->position += record_blocks(&record);
		free(bytes);
	}
	return error;
}

static long store_read(struct store *store, int *damaged)
{
	struct store_numbers numbers = {0};
	struct header header;
	long error = header_choose(store, &header, damaged);

	if (error)
		return error;
	store->blocks = (uint32_t)header.blocks;
	store->area_blocks = header.area_blocks;
	store->generation = header.generation;
	store->version = header.version;
	if (!memory_make(store))
		return -ENOMEM;
	error = snapshot_read(store, &header, &numbers);
	if (!error)
		error = log_read(store, &numbers);
	if (!error && !*damaged)
		error = log_is_cut(store, damaged);
	store_numbers_drop(&numbers);
	/* the guest that wrote it may have been killed before a flush */
	store->unsettled = store->unsafe = 1;
	return error;
}

long store_settle(struct store *store)
{
	unsigned char *block = store->page_bytes + (size_t)store->page_count * STORE_BLOCK;
	long error;

	if (!store->unsettled)
		return 0;
	store->unsafe = 1;
	error = store_flush(store);
	if (error)
		return error;
	store->unsettled = 0;
	store->safe = store->position;
	memset(block, 0, STORE_BLOCK);
	return blocks_write(store, 1 - store->area, block, 1);
}

static int pages_make(struct store *store)
{
	for (store->page_count = STORE_PAGES; store->page_count >= STORE_PAGES / 8; store->page_count /= 2) {
		store->page_bytes = block_take((size_t)2 * store->page_count * STORE_BLOCK);
		if (store->page_bytes)
			return 1;
	}
	return 0;
}

long store_mount(struct store *store, enum store_state *state)
{
	int damaged = 0;
	long error;

	store->volume.kind = &store_kind;
	store->volume.root = &store->root.node;
	store->root.node.volume = &store->volume;
	store->root.node.mode = S_IFDIR | 0755;
	store->root.node.number = store->numbers = STORE_ROOT;
	store->root.node.parent = &store->root.node;
	store->root.node.name = "";
	if (!pages_make(store))
		return -ENOMEM;
	error = store_read(store, &damaged);
	if (damaged)
		store->volume.readonly = 1;
	*state = damaged ? STORE_DAMAGED : STORE_SOUND;
	if (error)
		store_drop(store);
	return error;
}

void store_drop(struct store *store)
{
	struct node *root = &store->root.node;

	store->changed = NULL;
	while (root->first) {
		struct node *node = root->first;

		while (node->first)
			node = node->first;
		node_restore_remove(node);
	}
	free(store->pending);
	if (store->page_bytes)
		block_give(store->page_bytes, (size_t)2 * store->page_count * STORE_BLOCK);
	if (store->taken)
		block_give(store->taken, ((size_t)store->blocks + 7) / 8);
	if (store->logged)
		block_give(store->logged, store->area_blocks * sizeof(*store->logged));
	store->logged = NULL;
	if (store->freed)
		block_give(store->freed, ((size_t)store->blocks + 7) / 8);
	store->pending = store->page_bytes = store->taken = store->freed = NULL;
}
