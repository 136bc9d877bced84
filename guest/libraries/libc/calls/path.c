/* SPDX-License-Identifier: ISC */
/* path.c -- resolves path names, as POSIX has it; the user is 0, so every folder may be searched */
#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>

#include "descriptor.h"
#include "open.h"

enum { LINKS_MAX = 40 };

static struct node *working;

struct node *path_working(void)
{
	return working ? working : node_root();
}

void path_work_in(struct node *folder)
{
	folder->users++;
	if (working)
		node_release(working);
	working = folder;
}

static long step(struct path *path, const char *text, size_t length, int follow, int *links);

/* walks all names of a text, from path->folder on */
static long walk(struct path *path, const char *text, int follow, int *links)
{
	size_t length = strnlen(text, PATH_MAX);
	long error;

	if (!length)
		return -ENOENT;
	if (length == PATH_MAX)
		return -ENAMETOOLONG;
	if (*text == '/')
		path->folder = node_root();
	path->node = path->folder;
	path->length = 0;
	path->slash = 0;
	while (*text) {
		size_t slashes = strspn(text, "/"), name;

		text += slashes;
		name = strcspn(text, "/");
		if (!name)
			break;
		/* everything before it must be a folder */
		if (!path->node)
			return -ENOENT;
		if (!S_ISDIR(path->node->mode))
			return -ENOTDIR;
		path->folder = path->node;
		path->slash = 0;
		error = step(path, text, name, follow || text[name] == '/', links);
		if (error)
			return error;
		text += name;
		path->slash |= *text == '/';
	}
	return path->slash && path->node && !S_ISDIR(path->node->mode) ? -ENOTDIR : 0;
}

static long link_follow(struct path *path, int *links)
{
	if (++*links > LINKS_MAX)
		return -ELOOP;
	return walk(path, (const char *)path->node->data, 1, links);
}

/* one name in path->folder */
static long step(struct path *path, const char *text, size_t length, int follow, int *links)
{
	if (length > NAME_MAX)
		return -ENAMETOOLONG;
	path->length = 0;
	if (length == 1 && text[0] == '.')
		return 0;
	if (length == 2 && text[0] == '.' && text[1] == '.') {
		/* a removed folder has no parent */
		path->node = path->folder = path->folder->parent ? path->folder->parent : path->folder;
		return 0;
	}
	path->name = text;
	path->length = length;
	path->node = node_child(path->folder, text, length);
	return path->node && S_ISLNK(path->node->mode) && follow ? link_follow(path, links) : 0;
}

long path_walk(struct path *path, long descriptor, const char *text, int follow)
{
	struct file *file;
	int links = 0;

	path->folder = path_working();
	if (descriptor != AT_FDCWD && *text != '/') {
		file = descriptor_file(descriptor);
		if (!file)
			return -EBADF;
		path->folder = open_node(file);
		if (!path->folder || !S_ISDIR(path->folder->mode))
			return -ENOTDIR;
	}
	return walk(path, text, follow, &links);
}

long path_find(struct path *path, long descriptor, const char *text, int follow)
{
	long error = path_walk(path, descriptor, text, follow);

	return !error && !path->node ? -ENOENT : error;
}
