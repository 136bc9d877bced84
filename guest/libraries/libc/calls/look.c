/* SPDX-License-Identifier: ISC */
/* look.c -- the state of files by path, and the working folder */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "node_state.h"
#include "open.h"
#include "path.h"
#include "volume.h"

long guest_sys_fstat(long descriptor, struct kstat *state);

long guest_sys_newfstatat(long descriptor, const char *text, struct kstat *state, long flags)
{
	struct path path;
	long error;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH | AT_NO_AUTOMOUNT))
		return -EINVAL;
	if (flags & AT_EMPTY_PATH && !*text && descriptor != AT_FDCWD)
		return guest_sys_fstat(descriptor, state);
	error = path_find(&path, descriptor, text, !(flags & AT_SYMLINK_NOFOLLOW));
	if (!error)
		node_state(path.node, state);
	return error;
}

/* user 0 may read and write everything, and execute what anyone may */
long guest_sys_faccessat2(long descriptor, const char *text, long mode, long flags)
{
	struct path path;
	long error = mode & ~(R_OK | W_OK | X_OK) || flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH) ? -EINVAL :
		path_find(&path, descriptor, text, !(flags & AT_SYMLINK_NOFOLLOW));

	if (error)
		return error;
	if (mode & W_OK && path.node->volume && path.node->volume->readonly)
		return -EROFS;
	return mode & X_OK && !S_ISDIR(path.node->mode) && !(path.node->mode & 0111) ? -EACCES : 0;
}

long guest_sys_faccessat(long descriptor, const char *text, long mode)
{
	return guest_sys_faccessat2(descriptor, text, mode, 0);
}

long guest_sys_readlinkat(long descriptor, const char *text, char *buffer, long size)
{
	struct path path;
	long error = size <= 0 ? -EINVAL : path_find(&path, descriptor, text, 0);

	if (error)
		return error;
	if (!S_ISLNK(path.node->mode))
		return -EINVAL;
	if ((size_t)size > path.node->size)
		size = (long)path.node->size;
	memcpy(buffer, path.node->data, (size_t)size);
	return size;
}

static long work_in(struct node *folder)
{
	if (!S_ISDIR(folder->mode))
		return -ENOTDIR;
	path_work_in(folder);
	return 0;
}

long guest_sys_chdir(const char *text)
{
	struct path path;
	long error = path_find(&path, AT_FDCWD, text, 1);

	return error ? error : work_in(path.node);
}

long guest_sys_fchdir(long descriptor)
{
	struct file *file = descriptor_file(descriptor);
	struct node *node = file ? open_node(file) : NULL;

	return !file ? -EBADF : node ? work_in(node) : -ENOTDIR;
}

/* filled from the end: the walk goes from the folder up to the root */
long guest_sys_getcwd(char *buffer, size_t size)
{
	char *at = buffer + size;
	const struct node *node = path_working();

	if (!node->parent)
		return -ENOENT;
	if (size < 2)
		return -ERANGE;
	*--at = 0;
	if (node == node->parent)
		*--at = '/';
	for (; node != node->parent; node = node->parent) {
		size_t length = strlen(node->name);

		if (length + 1 > (size_t)(at - buffer))
			return -ERANGE;
		at -= length;
		memcpy(at, node->name, length);
		*--at = '/';
	}
	size = (size_t)(buffer + size - at);
	memmove(buffer, at, size);
	return (long)size;
}
