/* SPDX-License-Identifier: ISC */
/*
 * volume.h -- the functions of a tree of nodes that is not kept in memory alone
 *
 * Only code that mounts a volume refers to this table, so programs without volumes
 * have none of their code. A function that fails returns a negative errno and changes nothing.
 */
#ifndef GUEST_VOLUME_H
#define GUEST_VOLUME_H

#include <stddef.h>
#include <stdint.h>

struct node;

enum volume_batch { BATCH_BEGIN, BATCH_END, BATCH_UNDO };

struct volume {
	const struct volume_kind *kind;
	struct node *root;
	unsigned number;        /* st_dev; memory's is 1 */
	int readonly;
};

struct volume_kind {
	size_t node_size;       /* the size of a struct that begins with struct node */
	/* before a change: whether it can be made; writes earlier changes if they are due */
	long (*begin)(struct volume *volume);
	/* a node was made, and is in its folder with name and target */
	long (*made)(struct node *node);
	/* a node is about to be moved, and another to be replaced, or NULL */
	long (*move)(struct node *node, struct node *folder, const char *name, size_t length, struct node *replaced);
	/* a node is about to be taken out of its folder, for good */
	long (*remove)(struct node *node);
	/* after either of these: writes it, so that it survives the guest's end */
	long (*settle)(struct volume *volume);
	/* the last reference to a node is gone */
	void (*dropped)(struct node *node);
	long (*read)(struct node *node, void *bytes, size_t size, uint64_t offset);
	long (*write)(struct node *node, const void *bytes, size_t size, uint64_t offset);
	long (*resize)(struct node *node, uint64_t size);
	void (*touched)(struct node *node);
	long (*sync)(struct volume *volume, int only_data);
	/* the writes from begin to end become durable at the end, all or none; undo, and a failure, drop them */
	long (*batch)(struct node *node, enum volume_batch step);
	uint64_t (*taken)(const struct node *node);     /* bytes on the device */
	/* blocks of 4 KiB for data, and how many are free, or will be once the freeing record is on the disk */
	void (*room)(const struct volume *volume, uint64_t *blocks, uint64_t *free);
};

#endif
