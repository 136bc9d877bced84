/* SPDX-License-Identifier: ISC */
/*
 * node.h -- the tree of files: what the manifest's "files" brought, and what the program made of it
 *
 * A node is a file, a folder or a link. Those of "files" become nodes when their
 * folder is first looked into, and share the guest's read-only memory until they
 * are written to. All that is written is the guest's memory, at most half of the heap.
 */
#ifndef GUEST_NODE_H
#define GUEST_NODE_H

#include <stdint.h>
#include <sys/stat.h>
#include <time.h>
#include <uk.h>

#include "file_state.h"

struct node {
	struct node *parent;            /* of the root, itself; NULL: removed */
	struct node *next;              /* in the parent's order */
	const char *name;
	mode_t mode;
	uint64_t number;                /* of the inode; also the order in a folder: later ones are larger */
	struct timespec changed;
	unsigned users;                 /* open files, and the working folder */
	unsigned char made, named;      /* the node, and its name, are in memory of their own */

	/* files, and links, whose data is their target and a zero byte */
	unsigned char *data;
	size_t size, capacity;          /* bytes; capacity 0: data is not the node's own */

	/* folders */
	struct node *first, *last;
	const struct uk_file *unread;   /* of "files", what is not among the nodes yet; NULL: nothing */
};

struct node *node_root(void);

/* by the length of a name, which need not end there; NULL: there is none */
struct node *node_child(struct node *folder, const char *name, size_t length);

/* the first of a folder whose number is at least this; NULL: there is none */
struct node *node_from(struct node *folder, uint64_t number);

/* makes an empty node; NULL if memory is used up */
struct node *node_make(struct node *folder, const char *name, size_t length, mode_t mode);

/* moves a node, under a new name, which must be free; false if memory is used up */
int node_move(struct node *node, struct node *folder, const char *name, size_t length);

/* takes a node out of its folder; it is gone when the last open file is */
void node_remove(struct node *node);

/* gives up one use */
void node_release(struct node *node);

/* makes a file's data its own and of a size, more of which is zero; or a negative errno */
long node_resize(struct node *node, size_t size);

/* a node's time is now */
void node_touch(struct node *node);

void node_state(const struct node *node, struct kstat *state);

#endif
