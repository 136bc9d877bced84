/* SPDX-License-Identifier: ISC */
/*
 * node.h -- the tree of files: what the manifest's "files" brought, what the program made of it, and mounted volumes
 *
 * A node is a file, a folder or a link. Those of "files" become nodes when their
 * folder is first looked into, and share the guest's read-only memory until they
 * are written to. Nodes, and what is written to files that are in no volume, are
 * the guest's memory, at most half of the heap. The nodes of a volume are told
 * to it when they change, and it has their data.
 *
 * Functions that can fail return a negative errno.
 */
#ifndef GUEST_NODE_H
#define GUEST_NODE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>
#include <uk.h>

struct volume;

struct node {
	struct node *parent;            /* of the root, itself; NULL: removed */
	struct node *next;              /* in the parent's order */
	const char *name;
	mode_t mode;
	uint64_t number;                /* of the inode */
	uint64_t order;                 /* in its folder: later ones are larger */
	struct timespec changed;
	unsigned users;                 /* open files, and the working folder */
	unsigned char made, named;      /* the node, and its name, are in memory of their own */
	struct volume *volume;          /* that it is in; NULL: memory */

	/* files, and links, whose data is their target and a zero byte; a volume's files have no data here */
	unsigned char *data;
	size_t size, capacity;          /* bytes; capacity 0: data is not the node's own */

	/* folders */
	struct node *first, *last;
	const struct uk_file *unread;   /* of "files", what is not among the nodes yet; NULL: nothing */
};

struct node *node_root(void);

/* by the length of a name, which need not end there; NULL: there is none */
struct node *node_child(struct node *folder, const char *name, size_t length);

/* the first of a folder whose order is at least this; NULL: there is none */
struct node *node_from(struct node *folder, uint64_t order);

/* makes an empty node, in the folder's volume; target: what a link leads to, else NULL */
long node_make(struct node **made, struct node *folder, const char *name, size_t length, mode_t mode, const char *target);

/* moves a node within its volume, under a new name, which must be free, or that of a node which is replaced */
long node_move(struct node *node, struct node *folder, const char *name, size_t length, struct node *replaced);

/* takes a node out of its folder; it is gone when the last open file is */
long node_remove(struct node *node);

/* gives up one use */
void node_release(struct node *node);

/* what of a file is there at an offset: bytes, 0 at its end */
long node_read(struct node *node, void *bytes, size_t size, uint64_t offset);

/* writes all, or what there is room for; bytes */
long node_write(struct node *node, const void *bytes, size_t size, uint64_t offset);

/* makes a file's size another one; what is new is zero */
long node_resize(struct node *node, size_t size);

/* waits until a node's data and all changes of its volume are safe; without its times, if only data matters */
long node_sync(struct node *node, int only_data);

/* of the mode, only the permissions change */
long node_set_mode(struct node *node, mode_t mode);

/* the time of its last change; NULL: now */
long node_set_time(struct node *node, const struct timespec *time);

/* blocks of 4 KiB that memory has for files, and those that are free */
void node_room(uint64_t *blocks, uint64_t *free);

/* a node's time is now */
void node_touch(struct node *node);

/* bytes of memory that nodes may still take; from block_take to block_give they are counted */
void *block_take(size_t size);
void block_give(void *block, size_t size);

/* the same block with another size, old ones' content in it; NULL if memory is used up: the old one is as it was */
void *block_resize(void *block, size_t old, size_t size);

/* the node behind one in a walk through all below a folder, which comes first itself; NULL: that was the last */
struct node *node_after(const struct node *node, const struct node *folder);

/* without a volume's knowledge: for one that reads its own nodes */
struct node *node_restore(struct node *folder, const char *name, size_t length, mode_t mode, const char *target, size_t target_length);
int node_restore_move(struct node *node, struct node *folder, const char *name, size_t length);
void node_restore_remove(struct node *node);

/* puts the root of a volume in the place of an empty folder, whose name it takes over */
void node_mount(struct node *root, struct node *folder);

#endif
