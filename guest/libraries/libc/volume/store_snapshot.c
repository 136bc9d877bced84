/* SPDX-License-Identifier: ISC */
/* store_snapshot.c -- writes a volume's whole tree to the area that is not current */
#include <errno.h>
#include <string.h>

#include "store.h"

/* bytes to be written to an area, in the cache's buffer for writes */
struct stream {
	struct store *store;
	unsigned area;
	uint32_t block;                 /* the next one in the area */
	unsigned char *bytes;
	size_t filled, size, total;
	uint32_t checksum;
	long error;
};

static void stream_write(struct stream *stream)
{
	uint32_t blocks = (uint32_t)((stream->filled + STORE_BLOCK - 1) / STORE_BLOCK);

	/* the last full buffer was the end */
	if (!blocks)
		return;
	memset(stream->bytes + stream->filled, 0, (size_t)blocks * STORE_BLOCK - stream->filled);
	if (!stream->error && blocks > stream->store->area_blocks - stream->block)
		stream->error = -ENOSPC;
	if (!stream->error)
		stream->error = blocks_write(stream->store, store_area_start(stream->store, stream->area) + stream->block,
					     stream->bytes, blocks);
	stream->block += blocks;
	stream->filled = 0;
}

static void stream_put(struct stream *stream, const unsigned char *bytes, size_t size)
{
	stream->checksum = checksum(stream->checksum, bytes, size);
	stream->total += size;
	while (size) {
		size_t part = stream->size - stream->filled;

		if (part > size)
			part = size;
		memcpy(stream->bytes + stream->filled, bytes, part);
		stream->filled += part;
		bytes += part;
		size -= part;
		if (stream->filled == stream->size)
			stream_write(stream);
	}
}

static void tree_put(struct stream *stream)
{
	unsigned char change[STORE_CHANGE_MAX];
	struct node *root = &stream->store->root.node;

	stream_put(stream, change, change_state(change, root));
	for (struct node *node = node_after(root, root); node; node = node_after(node, root)) {
		const struct store_node *file = store_node_of(node);

		stream_put(stream, change, change_node(change, node));
		for (uint32_t i = 0; i < file->count; i++)
			stream_put(stream, change, change_extent(change, node, &file->extents[i]));
	}
}

static long headers_write(struct store *store, const struct stream *stream)
{
	const struct header header = {
		.version = store->version, .generation = store->generation + 1, .blocks = store->blocks, .area_blocks = store->area_blocks,
		.snapshot_size = stream->total, .snapshot_checksum = stream->checksum,
	};
	long error;

	header_write(stream->bytes, &header);
	error = blocks_write(store, stream->area, stream->bytes, 1);
	if (!error)
		error = store_flush(store);
	memset(stream->bytes, 0, STORE_BLOCK);
	return error ? error : blocks_write(store, store->area, stream->bytes, 1);
}

/* dirty pages were written before, so the buffer is free */
long store_snapshot(struct store *store)
{
	struct stream stream = {
		.store = store, .area = 1 - store->area, .size = (size_t)store->page_count * STORE_BLOCK,
		.bytes = store->page_bytes + (size_t)store->page_count * STORE_BLOCK,
	};

	stream.error = logged_write(store);
	tree_put(&stream);
	stream_write(&stream);
	if (!stream.error)
		stream.error = store_flush(store);
	if (!stream.error)
		stream.error = headers_write(store, &stream);
	if (stream.error)
		return store_fail(store);
	store->area = stream.area;
	store->generation++;
	store->position = store->safe = stream.block;
	store->chain = stream.checksum;
	store->pending_size = 0;
	store->pending_lost = 0;
	space_settle(store);
	logged_forget(store, 0, UINT32_MAX);
	for (; store->changed; store->changed = store->changed->next_changed)
		store->changed->changed = 0;
	return 0;
}
