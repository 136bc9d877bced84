/* SPDX-License-Identifier: ISC */
/* store_extents.c -- where the blocks of a file are */
#include <errno.h>
#include <string.h>

#include "store.h"

/* the first extent that ends after a block */
static uint32_t extent_index(const struct store_node *file, uint32_t logical)
{
	uint32_t low = 0, high = file->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (file->extents[middle].logical + file->extents[middle].count > logical)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

uint32_t extents_find(const struct store_node *file, uint32_t logical, uint32_t *run)
{
	uint32_t i = extent_index(file, logical);
	const struct extent *extent;

	if (i == file->count) {
		*run = UINT32_MAX - logical;
		return 0;
	}
	extent = &file->extents[i];
	if (extent->logical > logical) {
		*run = extent->logical - logical;
		return 0;
	}
	*run = extent->logical + extent->count - logical;
	return extent->physical + (logical - extent->logical);
}

static int extent_follows(const struct extent *before, const struct extent *extent)
{
	return before->logical + before->count == extent->logical && before->physical + before->count == extent->physical;
}

static int room_make(struct store_node *file)
{
	uint32_t capacity = file->capacity ? file->capacity * 2 : 4;
	struct extent *extents;

	if (file->count < file->capacity)
		return 1;
	extents = block_resize(file->extents, file->capacity * sizeof(*extents), capacity * sizeof(*extents));
	if (!extents)
		return 0;
	file->extents = extents;
	file->capacity = capacity;
	return 1;
}

long extents_add(struct store_node *file, const struct extent *extent)
{
	struct store *store = store_of(&file->node);
	uint32_t i = extent_index(file, extent->logical);

	if (!extent->count || extent->count > UINT32_MAX - extent->logical ||
	    (i < file->count && file->extents[i].logical < extent->logical + extent->count))
		return -EUCLEAN;
	if (i && extent_follows(&file->extents[i - 1], extent)) {
		file->extents[i - 1].count += extent->count;
		return 0;
	}
	if (!file->orphan && store_live_add(store, CHANGE_EXTENT_SIZE))
		return -ENOSPC;
	if (!room_make(file)) {
		store->live -= file->orphan ? 0 : CHANGE_EXTENT_SIZE;
		return -ENOSPC;
	}
	memmove(file->extents + i + 1, file->extents + i, (file->count - i) * sizeof(*extent));
	file->extents[i] = *extent;
	file->count++;
	return 0;
}

void extents_cut(struct store *store, struct store_node *file, uint32_t logical, int at_once)
{
	while (file->count) {
		struct extent *last = &file->extents[file->count - 1];
		uint32_t keep = last->logical < logical ? logical - last->logical : 0;

		if (keep >= last->count)
			break;
		cache_forget(store, last->physical + keep, last->count - keep);
		logged_forget(store, last->physical + keep, last->count - keep);
		space_give(store, last->physical + keep, last->count - keep, at_once);
		last->count = keep;
		if (keep)
			break;
		file->count--;
		/* those of a removed node are not in snapshots */
		if (!file->orphan)
			store->live -= CHANGE_EXTENT_SIZE;
	}
	if (!file->count && file->capacity) {
		block_give(file->extents, file->capacity * sizeof(*file->extents));
		file->extents = NULL;
		file->capacity = 0;
	}
}
