/* SPDX-License-Identifier: ISC */
/* node.c -- the tree of files, and the memory it uses */
#include "node.h"

#include <errno.h>
#include <solo5.h>
#include <stdlib.h>
#include <string.h>

#include "heap.h"
#include "volume.h"

static size_t used;             /* bytes that nodes and their data use */
static uint64_t numbers = 1, orders = 1;

/* its value is NULL in programs without devices */
extern void devices_make(struct node *folder) __attribute__((__weak__, visibility("hidden")));

static struct node root = {
	.parent = &root,
	.name = "",
	.mode = S_IFDIR | 0755,
	.number = 1,
	.order = 1,
	.fixed = 1,
	.unread = uk_files,
};

/* half of the heap is for files, the rest for the program */
static int memory_take(size_t size)
{
	unsigned long total, free;

	memory_amounts(&total, &free);
	if (size > total / 2 || used > total / 2 - size)
		return 0;
	used += size;
	return 1;
}

static void memory_give(size_t size)
{
	used -= size;
}

/* zeroed; NULL if memory is used up */
void *block_take(size_t size)
{
	void *block;

	if (!memory_take(size))
		return NULL;
	block = calloc(1, size);
	if (!block)
		memory_give(size);
	return block;
}

void block_give(void *block, size_t size)
{
	memory_give(size);
	free(block);
}

void *block_resize(void *block, size_t old, size_t size)
{
	void *resized;

	if (size > old && !memory_take(size - old))
		return NULL;
	resized = realloc(block, size);
	if (!resized && size > old)
		memory_give(size - old);
	if (resized && size < old)
		memory_give(old - size);
	return resized;
}

static void child_append(struct node *folder, struct node *node)
{
	node->parent = folder;
	node->next = NULL;
	node->order = ++orders;
	if (folder->last)
		folder->last->next = node;
	else
		folder->first = node;
	folder->last = node;
}

void node_add(struct node *folder, struct node *node)
{
	node->number = ++numbers;
	child_append(folder, node);
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

/* makes nodes for what "files" has in a folder; for all or, if memory is used up, for none */
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
			node_add(folder, &nodes[i]);
		}
	}
	folder->unread = NULL;
	return 1;
}

struct node *node_root(void)
{
	/* not on the stack, which the stack protector would guard */
	static struct node *made;

	if (!root.unread || !folder_read(&root))
		return &root;
	/* tmpfile and others rely on it */
	if (!node_child(&root, "tmp", 3))
		node_make(&made, &root, "tmp", 3, S_IFDIR | 01777, NULL);
	if (devices_make)
		devices_make(&root);
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

struct node *node_from(struct node *folder, uint64_t order)
{
	struct node *child;

	folder_read(folder);
	for (child = folder->first; child && child->order < order; child = child->next)
		;
	return child;
}

struct node *node_after(const struct node *node, const struct node *folder)
{
	if (node->first)
		return node->first;
	while (node != folder && !node->next)
		node = node->parent;
	return node == folder ? NULL : node->next;
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
	node->named = 0;
}

static size_t node_memory(const struct node *node)
{
	return node->volume ? node->volume->kind->node_size : sizeof(*node);
}

static void data_drop(struct node *node)
{
	if (node->capacity)
		block_give(node->data, node->capacity);
	node->data = NULL;
	node->size = node->capacity = 0;
}

/* no path leads to it any more */
static void node_drop(struct node *node)
{
	if (node->volume)
		node->volume->kind->dropped(node);
	data_drop(node);
	name_drop(node);
	if (node->made)
		block_give(node, node_memory(node));
}

static int target_set(struct node *link, const char *target, size_t length)
{
	link->data = block_take(length + 1);
	if (!link->data)
		return 0;
	memcpy(link->data, target, length);
	link->size = length;
	link->capacity = length + 1;
	return 1;
}

struct node *node_restore(struct node *folder, const char *name, size_t length, mode_t mode, const char *target, size_t target_length)
{
	struct node *node = block_take(folder->volume ? folder->volume->kind->node_size : sizeof(*node));

	if (!node)
		return NULL;
	node->volume = folder->volume;
	node->mode = mode;
	node->made = 1;
	node->name = name_copy(name, length);
	if (!node->name || (target && !target_set(node, target, target_length))) {
		node->named = node->name != NULL;
		/* its volume was not told of it */
		name_drop(node);
		block_give(node, node_memory(node));
		return NULL;
	}
	node->named = 1;
	child_append(folder, node);
	return node;
}

static struct timespec now(void)
{
	uint64_t time = solo5_clock_wall();

	return (struct timespec){.tv_sec = (time_t)(time / 1000000000), .tv_nsec = (long)(time % 1000000000)};
}

long node_make(struct node **made, struct node *folder, const char *name, size_t length, mode_t mode, const char *target)
{
	struct volume *volume = folder->volume;
	long error = volume ? volume->kind->begin(volume) : 0;

	if (error)
		return error;
	*made = node_restore(folder, name, length, mode, target, target ? strlen(target) : 0);
	if (!*made)
		return -ENOSPC;
	if (!volume)
		(*made)->number = ++numbers;
	(*made)->changed = now();
	if (volume)
		error = volume->kind->made(*made);
	if (error) {
		node_restore_remove(*made);
		return error;
	}
	node_touch(folder);
	return 0;
}

int node_restore_move(struct node *node, struct node *folder, const char *name, size_t length)
{
	const char *copy = name_copy(name, length);

	if (!copy)
		return 0;
	child_take(node);
	name_drop(node);
	node->name = copy;
	node->named = 1;
	child_append(folder, node);
	return 1;
}

void node_restore_remove(struct node *node)
{
	child_take(node);
	if (!node->users)
		node_drop(node);
}

long node_move(struct node *node, struct node *folder, const char *name, size_t length, struct node *replaced)
{
	struct volume *volume = node->volume;
	struct node *before = node->parent;
	/* allocates the name before the volume is told */
	char *copy;
	long error = volume ? volume->kind->begin(volume) : 0;

	if (error)
		return error;
	copy = (char *)name_copy(name, length);
	if (!copy)
		return -ENOSPC;
	error = volume ? volume->kind->move(node, folder, name, length, replaced) : 0;
	if (error) {
		block_give(copy, length + 1);
		return error;
	}
	if (replaced)
		node_restore_remove(replaced);
	child_take(node);
	name_drop(node);
	node->name = copy;
	node->named = 1;
	child_append(folder, node);
	node_touch(before);
	node_touch(folder);
	return volume ? volume->kind->settle(volume) : 0;
}

long node_remove(struct node *node)
{
	struct volume *volume = node->volume;
	struct node *folder = node->parent;
	long error = volume ? volume->kind->begin(volume) : 0;

	if (!error && volume)
		error = volume->kind->remove(node);
	if (error)
		return error;
	node_restore_remove(node);
	node_touch(folder);
	return volume ? volume->kind->settle(volume) : 0;
}

void node_release(struct node *node)
{
	if (!--node->users && !node->parent)
		node_drop(node);
}

/* makes room for at least size bytes; grows by half, so that appending copies a file few times */
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

static long data_resize(struct node *node, size_t size)
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

long node_resize(struct node *node, size_t size)
{
	struct volume *volume = node->volume;
	long error = volume ? volume->kind->begin(volume) : 0;

	if (!error)
		error = volume ? volume->kind->resize(node, size) : data_resize(node, size);
	if (!error)
		node_touch(node);
	return error;
}

long node_read(struct node *node, void *bytes, size_t size, uint64_t offset)
{
	if (offset >= node->size)
		return 0;
	if (size > node->size - offset)
		size = node->size - offset;
	if (node->volume)
		return node->volume->kind->read(node, bytes, size, offset);
	memcpy(bytes, node->data + offset, size);
	return (long)size;
}

static long data_write(struct node *node, const void *bytes, size_t size, uint64_t offset)
{
	uint64_t end = offset + size;
	long error = end > node->size || !node->capacity ? data_resize(node, end > node->size ? end : node->size) : 0;

	if (error)
		return error;
	memcpy(node->data + offset, bytes, size);
	return (long)size;
}

long node_write(struct node *node, const void *bytes, size_t size, uint64_t offset)
{
	struct volume *volume = node->volume;
	long done = volume && size ? volume->kind->begin(volume) : 0;

	if (!size)
		return 0;
	if (!done)
		done = volume ? volume->kind->write(node, bytes, size, offset) : data_write(node, bytes, size, offset);
	if (done > 0)
		node_touch(node);
	return done;
}

long node_sync(struct node *node, int only_data)
{
	return node->volume ? node->volume->kind->sync(node->volume, only_data) : 0;
}

/* after begin: tells the volume of a change other than of content and names */
static void state_changed(struct node *node)
{
	if (node->volume)
		node->volume->kind->touched(node);
}

long node_set_mode(struct node *node, mode_t mode)
{
	long error = node->volume ? node->volume->kind->begin(node->volume) : 0;

	if (error)
		return error;
	node->mode = (node->mode & S_IFMT) | (mode & 07777);
	state_changed(node);
	return 0;
}

long node_set_time(struct node *node, const struct timespec *time)
{
	long error = node->volume ? node->volume->kind->begin(node->volume) : 0;

	if (error)
		return error;
	node->changed = time ? *time : now();
	state_changed(node);
	return 0;
}

void node_room(uint64_t *blocks, uint64_t *free)
{
	unsigned long total, left;
	size_t most;

	memory_amounts(&total, &left);
	most = total / 2 - used;
	*blocks = total / 2 / 4096;
	*free = (left < most ? left : most) / 4096;
}

void node_touch(struct node *node)
{
	node->changed = now();
	state_changed(node);
}

void node_mount(struct node *mounted, struct node *folder)
{
	struct node *parent = folder->parent;
	uint64_t order = folder->order;
	struct node **link = &parent->first;

	while (*link != folder)
		link = &(*link)->next;
	mounted->name = folder->name;
	mounted->parent = parent;
	mounted->next = folder->next;
	mounted->order = order;
	/* open files and the working folder keep the old one, as with every mount */
	*link = mounted;
	if (parent->last == folder)
		parent->last = mounted;
	mounted->users++;
	mounted->fixed = 1;
}
