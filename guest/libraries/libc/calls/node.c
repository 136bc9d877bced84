/* SPDX-License-Identifier: ISC */
/* node.c -- the tree of files, and the memory that it takes */
#include "node.h"

#include <errno.h>
#include <solo5.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

enum { PERMISSIONS = 07777 };

static size_t used;             /* bytes that nodes and their data take */
static uint64_t numbers = 1;

static struct node root = {
	.parent = &root,
	.name = "",
	.mode = S_IFDIR | 0755,
	.number = 1,
	.unread = uk_files,
};

/* of the heap, half is for files; the program needs the rest */
static int memory_take(size_t size)
{
	unsigned long total, free;

	memory_amounts(&total, &free);
	if (size > total / 2 - used)
		return 0;
	used += size;
	return 1;
}

static void memory_give(size_t size)
{
	used -= size;
}

/* zeroed; NULL if there is no memory for it */
static void *block_take(size_t size)
{
	void *block;

	if (!memory_take(size))
		return NULL;
	block = calloc(1, size);
	if (!block)
		memory_give(size);
	return block;
}

static void block_give(void *block, size_t size)
{
	memory_give(size);
	free(block);
}

static void child_append(struct node *folder, struct node *node)
{
	node->parent = folder;
	node->next = NULL;
	node->number = ++numbers;
	if (folder->last)
		folder->last->next = node;
	else
		folder->first = node;
	folder->last = node;
}

static void child_take(struct node *node)
{
	struct node *folder = node->parent, *before = NULL;

	for (struct node *child = folder->first; child != node; child = child->next)
		before = child;
	if (before)
		before->next = node->next;
	else
		folder->first = node->next;
	if (folder->last == node)
		folder->last = before;
	node->parent = node->next = NULL;
}

/* nodes for what "files" has in a folder; none of them if memory is used up */
static int folder_read(struct node *folder)
{
	const struct uk_file *packed = folder->unread;
	struct node *nodes;

	if (!packed)
		return 1;
	if (packed->count) {
		nodes = block_take(packed->count * sizeof(*nodes));
		if (!nodes)
			return 0;
		for (uint32_t i = 0; i < packed->count; i++) {
			const struct uk_file *file = &uk_files[packed->first + i];

			nodes[i] = (struct node){
				.name = file->name,
				.mode = file->mode,
				.data = (unsigned char *)file->data,
				.size = file->size,
				.unread = S_ISDIR(file->mode) ? file : NULL,
			};
			child_append(folder, &nodes[i]);
		}
	}
	folder->unread = NULL;
	return 1;
}

struct node *node_root(void)
{
	/* tmpfile and others take it for granted */
	if (root.unread && folder_read(&root) && !node_child(&root, "tmp", 3))
		node_make(&root, "tmp", 3, S_IFDIR | 01777);
	return &root;
}

static int name_is(const struct node *node, const char *name, size_t length)
{
	return !strncmp(node->name, name, length) && !node->name[length];
}

struct node *node_child(struct node *folder, const char *name, size_t length)
{
	folder_read(folder);
	for (struct node *child = folder->first; child; child = child->next)
		if (name_is(child, name, length))
			return child;
	return NULL;
}

struct node *node_from(struct node *folder, uint64_t number)
{
	struct node *child;

	folder_read(folder);
	for (child = folder->first; child && child->number < number; child = child->next)
		;
	return child;
}

static const char *name_copy(const char *name, size_t length)
{
	char *copy = block_take(length + 1);

	return copy ? memcpy(copy, name, length) : NULL;
}

static void name_drop(struct node *node)
{
	if (node->named)
		block_give((char *)node->name, strlen(node->name) + 1);
}

struct node *node_make(struct node *folder, const char *name, size_t length, mode_t mode)
{
	const char *copy = name_copy(name, length);
	struct node *node = copy ? block_take(sizeof(*node)) : NULL;

	if (!node) {
		if (copy)
			block_give((char *)copy, length + 1);
		return NULL;
	}
	node->name = copy;
	node->mode = mode;
	node->made = node->named = 1;
	child_append(folder, node);
	node_touch(node);
	node_touch(folder);
	return node;
}

int node_move(struct node *node, struct node *folder, const char *name, size_t length)
{
	const char *copy = name_copy(name, length);

	if (!copy)
		return 0;
	node_touch(node->parent);
	child_take(node);
	name_drop(node);
	node->name = copy;
	node->named = 1;
	child_append(folder, node);
	node_touch(folder);
	return 1;
}

static void data_drop(struct node *node)
{
	if (node->capacity)
		block_give(node->data, node->capacity);
	node->data = NULL;
	node->size = node->capacity = 0;
}

/* nobody can find it any more */
static void node_drop(struct node *node)
{
	data_drop(node);
	name_drop(node);
	if (node->made)
		block_give(node, sizeof(*node));
}

void node_remove(struct node *node)
{
	node_touch(node->parent);
	child_take(node);
	if (!node->users)
		node_drop(node);
}

void node_release(struct node *node)
{
	if (!--node->users && !node->parent)
		node_drop(node);
}

/* at least so large; grows by half, so that a file that is appended to is copied few times */
static long data_grow(struct node *node, size_t size)
{
	size_t capacity = node->capacity + node->capacity / 2 > size ? node->capacity + node->capacity / 2 : size;
	unsigned char *data;

	if (!memory_take(capacity - node->capacity)) {
		capacity = size;
		if (!memory_take(capacity - node->capacity))
			return -ENOSPC;
	}
	data = node->capacity ? realloc(node->data, capacity) : malloc(capacity);
	if (!data) {
		memory_give(capacity - node->capacity);
		return -ENOSPC;
	}
	if (!node->capacity && node->size)
		memcpy(data, node->data, node->size < capacity ? node->size : capacity);
	node->data = data;
	node->capacity = capacity;
	return 0;
}

long node_resize(struct node *node, size_t size)
{
	if (!size) {
		data_drop(node);
	} else if (size > node->capacity) {
		long error = data_grow(node, size);

		if (error)
			return error;
	}
	if (size > node->size)
		memset(node->data + node->size, 0, size - node->size);
	node->size = size;
	return 0;
}

void node_touch(struct node *node)
{
	uint64_t now = solo5_clock_wall();

	node->changed = (struct timespec){.tv_sec = (time_t)(now / 1000000000), .tv_nsec = (long)(now % 1000000000)};
}

void node_state(const struct node *node, struct kstat *state)
{
	*state = (struct kstat){
		.st_dev = 1,
		.st_ino = node->number,
		.st_nlink = node->parent ? S_ISDIR(node->mode) ? 2 : 1 : 0,
		.st_mode = node->mode,
		.st_size = (off_t)node->size,
		.st_blksize = 4096,
		.st_blocks = (blkcnt_t)((node->size + 511) / 512),
		.st_atime_sec = node->changed.tv_sec,
		.st_atime_nsec = node->changed.tv_nsec,
		.st_mtime_sec = node->changed.tv_sec,
		.st_mtime_nsec = node->changed.tv_nsec,
		.st_ctime_sec = node->changed.tv_sec,
		.st_ctime_nsec = node->changed.tv_nsec,
	};
}
