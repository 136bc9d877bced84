/* SPDX-License-Identifier: ISC */
/* openat.c -- the call that opens files and folders of the tree */
#define _GNU_SOURCE
#include <fcntl.h>

#include "open.h"
#include "path.h"
#include "umask.h"
#include "volume.h"

static int is_readonly(const struct node *node)
{
	return node->volume && node->volume->readonly;
}

/* the error of opening an existing node, or 0 */
static long open_check(const struct path *path, long flags)
{
	const struct node *node = path->node;

	if (flags & O_CREAT && flags & O_EXCL)
		return -EEXIST;
	if (S_ISLNK(node->mode))
		return -ELOOP;
	if (!S_ISDIR(node->mode))
		return flags & O_DIRECTORY ? -ENOTDIR : flags & O_ACCMODE && is_readonly(node) ? -EROFS : 0;
	return flags & (O_ACCMODE | O_CREAT) ? -EISDIR : 0;
}

static long node_create(struct path *path, mode_t mode)
{
	if (path->slash)
		return -EISDIR;
	/* nothing can be created in a removed folder */
	if (!path->folder->parent)
		return -ENOENT;
	return node_make(&path->node, path->folder, path->name, path->length, S_IFREG | (mode & 0777 & ~guest_umask()), NULL);
}

long guest_sys_openat(long descriptor, const char *text, long flags, long mode)
{
	struct path path;
	long error;
	int made = 0;

	if ((flags & O_TMPFILE) == O_TMPFILE)
		return -EOPNOTSUPP;
	error = path_walk(&path, descriptor, text, !(flags & O_NOFOLLOW) && !(flags & O_CREAT && flags & O_EXCL));
	if (error)
		return error;
	if (path.node) {
		error = open_check(&path, flags);
	} else if (flags & O_CREAT) {
		error = node_create(&path, (mode_t)mode);
		made = 1;
	} else {
		error = -ENOENT;
	}
	if (!error && flags & O_TRUNC && !made && S_ISREG(path.node->mode) && flags & O_ACCMODE)
		error = node_resize(path.node, 0);
	return error ? error : open_add(path.node, flags);
}
