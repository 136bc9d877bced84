/* SPDX-License-Identifier: ISC */
/*
 * fuzz_volume.c -- hands random changes, with right checksums, to the reader of volumes, and uses what it accepts
 *
 * The first byte is how many hundredths of the rest are the snapshot; then comes
 * what is a record's, and each byte 0xff, 0xff of it begins another one. An input that
 * begins with 'r' is the image itself, as it is.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "volume/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { BLOCKS = 96, SIZE = BLOCKS * STORE_BLOCK, AREA = 16, READ_MAX = 1 << 20 };

static unsigned char disk[SIZE];

static long disk_read(void *context, uint64_t offset, void *bytes, size_t size)
{
	(void)context;
	if (offset > SIZE || size > SIZE - offset)
		abort();
	memcpy(bytes, disk + offset, size);
	return 0;
}

static long disk_write(void *context, uint64_t offset, const void *bytes, size_t size)
{
	(void)context;
	if (offset > SIZE || size > SIZE - offset)
		abort();
	memcpy(disk + offset, bytes, size);
	return 0;
}

static long disk_flush(void *context)
{
	(void)context;
	return 0;
}

static uint64_t no_time(void)
{
	return 1;
}

static uint32_t record_put(uint32_t position, uint32_t chain, const uint8_t *data, size_t size)
{
	unsigned char *record = disk + (size_t)(STORE_AREAS + position) * STORE_BLOCK, *at;

	at = put_number(record, RECORD_MAGIC, 4) + 4;
	at = put_number(at, 1, 8);
	at = put_number(at, position, 4);
	at = put_number(at, 0, 4);
	at = put_number(at, chain, 4);
	at = put_number(at, size, 4);
	memcpy(at, data, size);
	chain = checksum(0, record + 8, RECORD_SIZE - 8 + size);
	put_number(record + 4, chain, 4);
	return chain;
}

static size_t record_end(const uint8_t *data, size_t size)
{
	size_t end = 0;

	while (end < size && !(data[end] == 0xff && end + 1 < size && data[end + 1] == 0xff))
		end++;
	return end;
}

static void image_make(const uint8_t *data, size_t size)
{
	size_t snapshot = size * data[-1] / 100, blocks;
	struct header header = {.version = 2, .generation = 1, .blocks = BLOCKS, .area_blocks = AREA};
	uint32_t position, chain;

	if (snapshot > size)
		snapshot = size;
	blocks = (snapshot + STORE_BLOCK - 1) / STORE_BLOCK;
	if (blocks > AREA)
		return;
	memcpy(disk + STORE_AREAS * STORE_BLOCK, data, snapshot);
	header.snapshot_size = snapshot;
	header.snapshot_checksum = chain = checksum(0, data, snapshot);
	header_write(disk, &header);
	data += snapshot;
	size -= snapshot;
	for (position = (uint32_t)blocks; size; position += (uint32_t)blocks) {
		size_t end = record_end(data, size), next = end == size ? end : end + 2;

		blocks = (RECORD_SIZE + end + STORE_BLOCK - 1) / STORE_BLOCK;
		if (position + blocks > AREA)
			return;
		chain = record_put(position, chain, data, end);
		data += next;
		size -= next;
	}
}

static void file_use(struct node *node)
{
	static unsigned char bytes[READ_MAX];
	long count = node_read(node, bytes, sizeof(bytes), 0);

	if (count < 0 || (size_t)count > node->size)
		abort();
	node_write(node, bytes, 5000, node->size / 2);
	node_resize(node, node->size / 3);
}

/* all of the tree, then changes of some of it */
static void volume_use(struct store *store)
{
	struct node *root = &store->root.node, *made, *last = NULL;

	for (struct node *node = node_after(root, root); node; node = node_after(node, root)) {
		if (!*node->name || strchr(node->name, '/') || (S_ISLNK(node->mode) && strlen((const char *)node->data) != node->size))
			abort();
		if (S_ISREG(node->mode))
			file_use(node);
		last = node;
	}
	if (!node_make(&made, root, "made", 4, S_IFREG | 0600, NULL) && last)
		node_move(made, last->parent, last->name, strlen(last->name), last->first ? NULL : last);
	store_commit(store, 1, 0);
	if (!store->volume.readonly && store_snapshot(store))
		abort();
}

static long volume_run(int readonly)
{
	struct store *store = calloc(1, sizeof(*store));
	enum store_state state;
	long error;

	store->device = (struct store_device){
		.read = disk_read, .write = disk_write, .flush = disk_flush, .write_flush = disk_write, .now = no_time,
		.size = SIZE,
	};
	store->volume.readonly = readonly;
	error = store_mount(store, &state);
	if (!error) {
		volume_use(store);
		store_drop(store);
	}
	free(store);
	return error;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	memset(disk, 0, sizeof(disk));
	if (!size)
		return 0;
	if (*data == 'r')
		memcpy(disk, data + 1, size - 1 < SIZE ? size - 1 : SIZE);
	else
		image_make(data + 1, size - 1);
	/* what was accepted and changed is accepted again */
	if (!volume_run(1) && (volume_run(0) || volume_run(1)))
		abort();
	return 0;
}
