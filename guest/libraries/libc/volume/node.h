/* SPDX-License-Identifier: ISC */
/*
 * node.h -- the tree of files: the manifest's "files", the program's own, and mounted volumes
 *
 * A node is a file, a folder, a link, or a device. Entries of "files" become nodes when their
 * folder is first accessed, and share the guest's read-only memory until they are
 * written to. Nodes, and written data outside of volumes, use at most half of the
 * heap. A volume is told when its nodes change, and stores their data.
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
	struct node *parent;            /* the root's is itself; NULL: removed */
	struct node *next;              /* in the parent's order */
	const char *name;
	mode_t mode;
	unsigned device;                /* a device's number, as in stat's st_rdev; 0: another node */
	uint64_t number;                /* the inode number */
	uint64_t order;                 /* in its folder: later ones are larger */
	struct timespec changed;
	unsigned users;                 /* open files, and the working folder */
	unsigned char made, named;      /* the node, and its name, are in memory of their own */
	unsigned char fixed;            /* can't be moved or removed: the root, roots of volumes, devices and their folder */
	struct volume *volume;          /* NULL: memory */

	/* files, and links, whose data is their target with a zero byte; the data of a volume's files is on the device */
	unsigned char *data;
	size_t size, capacity;          /* bytes; capacity 0: data is not the node's own */

	/* folders */
	struct node *first, *last;
	const struct uk_file *unread;   /* entries of "files" that have no nodes yet; NULL: none */
};

struct node *node_root(void);

/* finds a name of that length, which need not be terminated; NULL: not found */
struct node *node_child(struct node *folder, const char *name, size_t length);

/* the first node of a folder from that order on; NULL: none */
struct node *node_from(struct node *folder, uint64_t order);

/* makes an empty node, in the folder's volume; target: a link's target, else NULL */
long node_make(struct node **made, struct node *folder, const char *name, size_t length, mode_t mode, const char *target);

/* puts a node of the caller's into a folder in memory, which doesn't have its name */
void node_add(struct node *folder, struct node *node);

/* moves a node within its volume; its new name must be free, or that of a node to replace */
long node_move(struct node *node, struct node *folder, const char *name, size_t length, struct node *replaced);

/* removes a node from its folder; it is freed when its last open file is closed */
long node_remove(struct node *node);

/* drops one user */
void node_release(struct node *node);

/* reads from an offset: returns bytes, 0 at the end */
long node_read(struct node *node, void *bytes, size_t size, uint64_t offset);

/* writes everything, or as much as there is room for; returns bytes */
long node_write(struct node *node, const void *bytes, size_t size, uint64_t offset);

/* changes a file's size; new bytes are zero */
long node_resize(struct node *node, size_t size);

/* waits until a node's data and all changes of its volume are on the disk; without its times, if only_data */
long node_sync(struct node *node, int only_data);

/* changes only the permissions of the mode */
long node_set_mode(struct node *node, mode_t mode);

/* sets the modification time; NULL: now */
long node_set_time(struct node *node, const struct timespec *time);

/* the blocks of 4 KiB that memory has for files, and the free ones */
void node_room(uint64_t *blocks, uint64_t *free);

/* sets a node's time to now */
void node_touch(struct node *node);

/* bytes that nodes may still use; what block_take returns counts until block_give */
void *block_take(size_t size);
void block_give(void *block, size_t size);

/* changes a block's size, as realloc does; NULL if memory is used up: the old block is unchanged */
void *block_resize(void *block, size_t old, size_t size);

/* the next node of a walk through everything below a folder, which comes first itself; NULL: that was the last */
struct node *node_after(const struct node *node, const struct node *folder);

/* without telling the volume: for a volume that reads its nodes */
struct node *node_restore(struct node *folder, const char *name, size_t length, mode_t mode, const char *target, size_t target_length);
int node_restore_move(struct node *node, struct node *folder, const char *name, size_t length);
void node_restore_remove(struct node *node);

/* replaces an empty folder by the root of a volume, which takes over its name */
void node_mount(struct node *root, struct node *folder);

#endif
