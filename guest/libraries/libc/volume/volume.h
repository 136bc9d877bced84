/* SPDX-License-Identifier: ISC */
/*
 * volume.h -- what a tree of nodes that is kept elsewhere than in memory does
 *
 * Only what mounts a volume names its table, so that programs without one have
 * none of its code. Functions that can fail return a negative errno, and nothing is changed then.
 */
#ifndef GUEST_VOLUME_H
#define GUEST_VOLUME_H

#include <stddef.h>
#include <stdint.h>

struct node;

struct volume {
	const struct volume_kind *kind;
	struct node *root;
	unsigned number;        /* st_dev; that of memory is 1 */
	int readonly;
};

struct volume_kind {
	size_t node_size;       /* of a struct that begins with struct node */
	/* before a change: whether it can be made; what was changed before is written if it is time */
	long (*begin)(struct volume *volume);
	/* a node was made, and is in its folder; its name and target count */
	long (*made)(struct node *node);
	/* a node is about to be moved, and another to be replaced, or NULL */
	long (*move)(struct node *node, struct node *folder, const char *name, size_t length, struct node *replaced);
	/* a node is about to be taken out of its folder, for good */
	long (*remove)(struct node *node);
	/* after both: writes them, so that the end of the guest doesn't undo them */
	long (*settle)(struct volume *volume);
	/* nothing refers to a node any more */
	void (*dropped)(struct node *node);
	long (*read)(struct node *node, void *bytes, size_t size, uint64_t offset);
	long (*write)(struct node *node, const void *bytes, size_t size, uint64_t offset);
	long (*resize)(struct node *node, uint64_t size);
	void (*touched)(struct node *node);
	long (*sync)(struct volume *volume, int only_data);
	uint64_t (*taken)(const struct node *node);     /* bytes on the device */
	/* blocks of 4 KiB for data, and those that are free, or will be when what was freed is safe */
	void (*room)(const struct volume *volume, uint64_t *blocks, uint64_t *free);
};

#endif
