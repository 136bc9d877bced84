/* SPDX-License-Identifier: ISC */
/* store_kind.c -- the functions of a volume on a block device, called when its nodes change */
#include <errno.h>
#include <string.h>

#include "store.h"

/* nanoseconds after which changes are written without a sync */
#define PENDING_TIME UINT64_C(5000000000)

static size_t target_size(const struct node *node)
{
	return S_ISLNK(node->mode) ? node->size : 0;
}

static long kind_begin(struct volume *volume)
{
	struct store *store = (struct store *)volume;

	if (volume->readonly)
		return -EROFS;
	if (store->unsettled)
		return store_settle(store);
	if (store->pending_since && !store->batch &&
	    (store->pending_size > STORE_PENDING_MAX || store->device.now() - store->pending_since > PENDING_TIME))
		return store_commit(store, 0, 0);
	return 0;
}

static long kind_made(struct node *node)
{
	struct store *store = store_of(node);
	unsigned char change[STORE_CHANGE_MAX];
	long error = store_live_add(store, change_node_size(strlen(node->name), target_size(node)));

	if (error) {
		store_node_of(node)->orphan = 1;
		return error;
	}
	node->number = ++store->numbers;
	store_note(store, change, change_node(change, node));
	return 0;
}

/* a removed node keeps its blocks until its last open file is closed */
static void node_forget(struct store *store, struct store_node *node)
{
	struct store_node **link = &store->changed;

	store->live -= change_node_size(strlen(node->node.name), target_size(&node->node)) + node->count * (size_t)CHANGE_EXTENT_SIZE;
	node->orphan = 1;
	while (node->changed && *link != node)
		link = &(*link)->next_changed;
	if (node->changed)
		*link = node->next_changed;
	node->changed = 0;
}

static long kind_move(struct node *node, struct node *folder, const char *name, size_t length, struct node *replaced)
{
	struct store *store = store_of(node);
	unsigned char change[STORE_CHANGE_MAX];
	size_t before = strlen(node->name);

	batch_undo(store);
	if (length > before && store_live_add(store, length - before))
		return -ENOSPC;
	if (length < before)
		store->live -= before - length;
	store_note(store, change, change_move(change, node, folder, name, length, replaced));
	if (replaced)
		node_forget(store, store_node_of(replaced));
	return 0;
}

static long kind_remove(struct node *node)
{
	struct store *store = store_of(node);
	unsigned char change[STORE_CHANGE_MAX];

	batch_undo(store);
	store_note(store, change, change_remove(change, node));
	node_forget(store, store_node_of(node));
	return 0;
}

static long kind_settle(struct volume *volume)
{
	return store_commit((struct store *)volume, 0, 0);
}

static void kind_dropped(struct node *node)
{
	struct store *store = store_of(node);

	if (store->batch == store_node_of(node))
		store->batch = NULL;
	/* the last open file of a removed node is closed, or the volume is unmounted */
	if (store->freed)
		extents_cut(store, store_node_of(node), 0, 0);
}

static long kind_read(struct node *node, void *bytes, size_t size, uint64_t offset)
{
	return content_read(store_of(node), store_node_of(node), bytes, size, offset);
}

static long kind_write(struct node *node, const void *bytes, size_t size, uint64_t offset)
{
	return content_write(store_of(node), store_node_of(node), bytes, size, offset);
}

static long kind_resize(struct node *node, uint64_t size)
{
	return content_resize(store_of(node), store_node_of(node), size);
}

static void kind_touched(struct node *node)
{
	store_changed(store_of(node), store_node_of(node), CHANGED_TIME);
}

static long kind_sync(struct volume *volume, int only_data)
{
	return store_commit((struct store *)volume, 1, only_data);
}

static long kind_batch(struct node *node, enum volume_batch step)
{
	return batch_step(store_of(node), store_node_of(node), step);
}

static uint64_t kind_taken(const struct node *node)
{
	const struct store_node *file = (const struct store_node *)node;
	uint64_t blocks = 0;

	for (uint32_t i = 0; i < file->count; i++)
		blocks += file->extents[i].count;
	return blocks * STORE_BLOCK;
}

static void kind_room(const struct volume *volume, uint64_t *blocks, uint64_t *free)
{
	const struct store *store = (const struct store *)volume;

	*blocks = store->blocks - store_data_start(store);
	*free = (uint64_t)store->free + store->freed_count;
}

const struct volume_kind store_kind = {
	.node_size = sizeof(struct store_node),
	.begin = kind_begin,
	.made = kind_made,
	.move = kind_move,
	.remove = kind_remove,
	.settle = kind_settle,
	.dropped = kind_dropped,
	.read = kind_read,
	.write = kind_write,
	.resize = kind_resize,
	.touched = kind_touched,
	.sync = kind_sync,
	.batch = kind_batch,
	.taken = kind_taken,
	.room = kind_room,
};
