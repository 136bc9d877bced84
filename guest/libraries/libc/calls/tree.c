/* SPDX-License-Identifier: ISC */
/* tree.c -- changes the tree: folders, links, names */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>

#include "path.h"
#include "umask.h"
#include "volume.h"

/* an unused name in a folder that was not removed */
static long name_free(struct path *path, long descriptor, const char *text)
{
	long error = path_walk(path, descriptor, text, 0);

	if (error)
		return error;
	if (path->node)
		return -EEXIST;
	return path->folder->parent ? 0 : -ENOENT;
}

long guest_sys_mkdirat(long descriptor, const char *text, long mode)
{
	struct path path;
	long error = name_free(&path, descriptor, text);

	if (error)
		return error;
	return node_make(&path.node, path.folder, path.name, path.length, S_IFDIR | ((mode_t)mode & 01777 & ~guest_umask()), NULL);
}

long guest_sys_symlinkat(const char *target, long descriptor, const char *text)
{
	size_t length = strnlen(target, PATH_MAX);
	struct path path;
	long error = !length ? -ENOENT : length == PATH_MAX ? -ENAMETOOLONG : name_free(&path, descriptor, text);

	if (error)
		return error;
	if (path.slash)
		return -ENOENT;
	return node_make(&path.node, path.folder, path.name, path.length, S_IFLNK | 0777, target);
}

/* a file; the tree can't have devices, pipes or sockets */
long guest_sys_mknodat(long descriptor, const char *text, long mode)
{
	struct path path;
	mode_t kind = (mode_t)mode & S_IFMT;
	int regular = !kind || kind == S_IFREG;
	long error;

	if (S_ISDIR(mode))
		return -EPERM;
	if (!regular && kind != S_IFCHR && kind != S_IFBLK && kind != S_IFIFO && kind != S_IFSOCK)
		return -EINVAL;
	error = name_free(&path, descriptor, text);
	if (error)
		return error;
	if (path.slash)
		return -ENOENT;
	return !regular ? -EPERM : node_make(&path.node, path.folder, path.name, path.length, S_IFREG | ((mode_t)mode & 07777 & ~guest_umask()), NULL);
}

/* a node has one name: EPERM, as on Linux for file systems without hard links */
long guest_sys_linkat(long from_descriptor, const char *from_text, long to_descriptor, const char *to_text, long flags)
{
	struct path from, to;
	long error = flags & ~AT_SYMLINK_FOLLOW ? -EINVAL : path_find(&from, from_descriptor, from_text, flags == AT_SYMLINK_FOLLOW);

	if (!error)
		error = name_free(&to, to_descriptor, to_text);
	if (error)
		return error;
	if (to.slash)
		return -ENOENT;
	return from.node->volume != to.folder->volume ? -EXDEV : -EPERM;
}

long guest_sys_truncate(const char *text, off_t size)
{
	struct path path;
	long error = size < 0 ? -EINVAL : path_find(&path, AT_FDCWD, text, 1);

	if (error)
		return error;
	if (!S_ISREG(path.node->mode))
		return S_ISDIR(path.node->mode) ? -EISDIR : -EINVAL;
	return node_resize(path.node, (size_t)size);
}

static long node_is_empty(struct node *folder)
{
	return !node_from(folder, 0);
}

long guest_sys_unlinkat(long descriptor, const char *text, long flags)
{
	struct path path;
	long error = path_find(&path, descriptor, text, 0);

	if (error)
		return error;
	if (flags & ~AT_REMOVEDIR)
		return -EINVAL;
	if (S_ISDIR(path.node->mode) != (flags != 0))
		return flags ? -ENOTDIR : -EISDIR;
	if (path.node->fixed)
		return -EBUSY;
	if (flags) {
		/* rmdir("x/.") is EINVAL, rmdir("x/..") ENOTEMPTY */
		if (!path.length)
			return text[strlen(text) - 1] == '.' && (strlen(text) < 2 || text[strlen(text) - 2] != '.') ? -EINVAL : -ENOTEMPTY;
		if (!node_is_empty(path.node))
			return -ENOTEMPTY;
	}
	return node_remove(path.node);
}

static int is_below(const struct node *node, const struct node *folder)
{
	for (; node->parent && node != node->parent; node = node->parent)
		if (node == folder)
			return 1;
	return node == folder;
}

/* the error of a rename to an existing name, or 0 */
static long replace_check(const struct path *from, const struct path *to)
{
	if (!S_ISDIR(from->node->mode))
		return S_ISDIR(to->node->mode) ? -EISDIR : 0;
	if (!S_ISDIR(to->node->mode))
		return -ENOTDIR;
	return node_is_empty(to->node) ? 0 : -ENOTEMPTY;
}

long guest_sys_renameat2(long from_descriptor, const char *from_text, long to_descriptor, const char *to_text, long flags)
{
	struct path from, to;
	long error = path_find(&from, from_descriptor, from_text, 0);

	if (!error)
		error = path_walk(&to, to_descriptor, to_text, 0);
	if (error)
		return error;
	if (flags)
		return -EINVAL;
	if (!from.length || !to.length || from.node->fixed || (to.node && to.node->fixed))
		return -EBUSY;
	if (from.node->volume != to.folder->volume)
		return -EXDEV;
	if (S_ISDIR(from.node->mode) && is_below(to.folder, from.node))
		return -EINVAL;
	if (!S_ISDIR(from.node->mode) && (to.slash || from.slash))
		return -ENOTDIR;
	if (!to.folder->parent)
		return -ENOENT;
	if (from.node == to.node)
		return 0;
	error = to.node ? replace_check(&from, &to) : 0;
	if (error)
		return error;
	return node_move(from.node, to.folder, to.name, to.length, to.node);
}

long guest_sys_renameat(long from_descriptor, const char *from, long to_descriptor, const char *to)
{
	return guest_sys_renameat2(from_descriptor, from, to_descriptor, to, 0);
}
