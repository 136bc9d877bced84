/* SPDX-License-Identifier: ISC */
/* open.c -- open files and folders of the tree */
#define _GNU_SOURCE
#include "open.h"

#include "control.h"
#include "node_state.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct open {
	struct file file;
	struct node *node;
	int lock;               /* LOCK_SH, LOCK_EX, or 0 */
	off_t position;         /* in a folder, the order of the next entry; . and .. are 0 and 1 */
};

enum { OPENS = 256 };

/* flags that fcntl returns; others have no effect once a file is open */
enum { FLAGS_KEPT = O_ACCMODE | O_APPEND | O_NONBLOCK | O_SYNC | O_DSYNC | O_DIRECTORY };

static struct open opens[OPENS];

/* in device.c; NULL in a program without devices, whose tree has no node of one */
extern hidden weak long device_open(struct node *node, long flags);

/* without "mounts" there is none: its value is NULL */
extern hidden weak __typeof(mounts_control) mounts_control;

static struct open *open_of(struct file *file)
{
	return (struct open *)file;
}

struct node *open_node(struct file *file)
{
	return file->kind->close == open_close ? open_of(file)->node : NULL;
}

static long regular_read_at(struct file *file, const struct iovec *parts, int count, off_t offset)
{
	long done = 0;

	for (int i = 0; i < count; i++) {
		long size = node_read(open_of(file)->node, parts[i].iov_base, parts[i].iov_len, (uint64_t)(offset + done));

		if (size < 0)
			return done ? done : size;
		done += size;
		if ((size_t)size < parts[i].iov_len)
			break;
	}
	return done;
}

static long regular_read(struct file *file, const struct iovec *parts, int count)
{
	long size = regular_read_at(file, parts, count, open_of(file)->position);

	if (size > 0)
		open_of(file)->position += size;
	return size;
}

static size_t parts_size(const struct iovec *parts, int count)
{
	size_t size = 0;

	for (int i = 0; i < count; i++)
		size += parts[i].iov_len;
	return size;
}

static long regular_write_at(struct file *file, const struct iovec *parts, int count, off_t offset)
{
	struct node *node = open_of(file)->node;
	size_t size = parts_size(parts, count), end = (size_t)offset + size;
	long done = 0;

	if (!size)
		return 0;
	if (end > LONG_MAX || end < size)
		return -EFBIG;
	for (int i = 0; i < count; i++) {
		long part = node_write(node, parts[i].iov_base, parts[i].iov_len, (uint64_t)(offset + done));

		if (part < 0)
			return done ? done : part;
		done += part;
		if ((size_t)part < parts[i].iov_len)
			break;
	}
	if (file->flags & O_DSYNC) {
		long error = node_sync(node, (file->flags & O_SYNC) != O_SYNC);

		if (error)
			return error;
	}
	return done;
}

static long regular_write(struct file *file, const struct iovec *parts, int count)
{
	struct open *open = open_of(file);
	off_t offset = file->flags & O_APPEND ? (off_t)open->node->size : open->position;
	long size = regular_write_at(file, parts, count, offset);

	if (size > 0)
		open->position = offset + size;
	return size;
}

static long regular_seek(struct file *file, off_t offset, int whence)
{
	struct open *open = open_of(file);
	off_t from = whence == SEEK_CUR ? open->position : whence == SEEK_END ? (off_t)open->node->size : 0;

	/* all of a file is data, followed by a hole */
	if (whence == SEEK_DATA || whence == SEEK_HOLE) {
		if (offset < 0 || (size_t)offset >= open->node->size)
			return -ENXIO;
		return open->position = whence == SEEK_DATA ? offset : (off_t)open->node->size;
	}
	if (whence != SEEK_SET && whence != SEEK_CUR && whence != SEEK_END)
		return -EINVAL;
	if (__builtin_add_overflow(from, offset, &offset))
		return -EOVERFLOW;
	if (offset < 0)
		return -EINVAL;
	open->position = offset;
	return offset;
}

long open_state(struct file *file, struct kstat *state)
{
	node_state(open_of(file)->node, state);
	return 0;
}

static long regular_truncate(struct file *file, off_t size)
{
	return node_resize(open_of(file)->node, (size_t)size);
}

/* folders, too */
static long open_sync(struct file *file, int only_data)
{
	return node_sync(open_of(file)->node, only_data);
}

long open_close(struct file *file)
{
	node_release(open_of(file)->node);
	open_of(file)->node = NULL;
	return 0;
}

static const struct kind regular = {
	.mode = S_IFREG,
	.read = regular_read,
	.write = regular_write,
	.read_at = regular_read_at,
	.write_at = regular_write_at,
	.seek = regular_seek,
	.state = open_state,
	.truncate = regular_truncate,
	.sync = open_sync,
	.control = mounts_control,
	.close = open_close,
};

static long folder_read(struct file *file, const struct iovec *parts, int count)
{
	(void)file;
	(void)parts;
	(void)count;
	return -EISDIR;
}

static long folder_seek(struct file *file, off_t offset, int whence)
{
	if (whence == SEEK_CUR)
		offset += open_of(file)->position;
	else if (whence != SEEK_SET)
		return -EINVAL;
	return offset < 0 ? -EINVAL : (open_of(file)->position = offset);
}

/* appends one entry; 0 if there is no room */
static size_t entry_write(char *place, size_t room, const char *name, uint64_t number, off_t next, mode_t mode)
{
	struct dirent *entry = (struct dirent *)place;
	size_t length = strlen(name), size = (offsetof(struct dirent, d_name) + length + 1 + 7) & -(size_t)8;

	if (size > room)
		return 0;
	entry->d_ino = number;
	entry->d_off = next;
	entry->d_reclen = (unsigned short)size;
	entry->d_type = (unsigned char)(mode >> 12);
	memcpy(entry->d_name, name, length + 1);
	return size;
}

static long folder_entries(struct file *file, char *place, size_t room)
{
	struct open *open = open_of(file);
	size_t done = 0, size;

	for (;; done += size) {
		struct node *node = open->position > 1 ? node_from(open->node, (uint64_t)open->position) : open->node;
		off_t next = open->position > 1 && node ? (off_t)node->order + 1 : open->position + 1;

		if (!node)
			return (long)done;
		if (open->position == 1)
			node = node->parent ? node->parent : node;
		size = entry_write(place + done, room - done, open->position > 1 ? node->name : open->position ? ".." : ".",
				   node->number, next, node->mode);
		if (!size)
			return done ? (long)done : -EINVAL;
		open->position = next;
	}
}

static const struct kind folder = {
	.mode = S_IFDIR,
	.read = folder_read,
	.seek = folder_seek,
	.state = open_state,
	.entries = folder_entries,
	.sync = open_sync,
	.close = open_close,
};

int open_lock(struct file *file, int wanted)
{
	struct open *open = open_of(file);

	if (!open_node(file))
		return 1;
	for (struct open *other = opens; other < opens + OPENS && wanted != LOCK_UN; other++)
		if (other != open && other->node == open->node && (other->lock == LOCK_EX || (other->lock && wanted == LOCK_EX)))
			return 0;
	open->lock = wanted == LOCK_UN ? 0 : wanted;
	return 1;
}

long open_as(struct node *node, long flags, const struct kind *kind)
{
	struct open *open = opens;
	long descriptor;

	while (open < opens + OPENS && open->node)
		open++;
	if (open == opens + OPENS)
		return -EMFILE;
	*open = (struct open){.file = {.kind = kind, .flags = (int)flags & FLAGS_KEPT}, .node = node};
	descriptor = descriptor_add(&open->file, 0, flags);
	if (descriptor < 0)
		open->node = NULL;
	else
		node->users++;
	return descriptor;
}

long open_add(struct node *node, long flags)
{
	if (node->device)
		return device_open(node, flags);
	return open_as(node, flags, S_ISDIR(node->mode) ? &folder : &regular);
}
