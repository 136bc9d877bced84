/* SPDX-License-Identifier: ISC */
/*
 * attributes.c -- permissions, owners and times of files of the tree
 *
 * User 0 owns everything, which can't be changed. A file has one time, that of its
 * last modification: an access time is checked, but not kept.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <time.h>

#include "open.h"
#include "path.h"

/* the node of a descriptor, or *error; only files of the tree have attributes */
static struct node *descriptor_node(long descriptor, long *error)
{
	struct file *file = descriptor_file(descriptor);
	struct node *node = file ? open_node(file) : NULL;

	*error = !file ? -EBADF : !node ? -EPERM : 0;
	return node;
}

/* the node of a path, or of the descriptor if the path is NULL, or empty with AT_EMPTY_PATH */
static struct node *place_node(long descriptor, const char *text, long flags, long *error)
{
	struct path path;

	if (!text || (flags & AT_EMPTY_PATH && !*text && descriptor != AT_FDCWD))
		return descriptor_node(descriptor, error);
	*error = path_find(&path, descriptor, text, !(flags & AT_SYMLINK_NOFOLLOW));
	return *error ? NULL : path.node;
}

long guest_sys_fchmod(long descriptor, long mode)
{
	long error;
	struct node *node = descriptor_node(descriptor, &error);

	return error ? error : node_set_mode(node, (mode_t)mode);
}

long guest_sys_fchmodat(long descriptor, const char *text, long mode, long flags)
{
	struct node *node;
	long error;

	if (flags & ~AT_SYMLINK_NOFOLLOW)
		return -EINVAL;
	node = place_node(descriptor, text, flags, &error);
	if (error)
		return error;
	return S_ISLNK(node->mode) ? -EOPNOTSUPP : node_set_mode(node, (mode_t)mode);
}

/* -1: unchanged */
static long owner_check(struct node *node, unsigned user, unsigned group)
{
	long error = node_set_mode(node, node->mode);

	return error ? error : (user && user != -1U) || (group && group != -1U) ? -EPERM : 0;
}

long guest_sys_fchown(long descriptor, unsigned user, unsigned group)
{
	long error;
	struct node *node = descriptor_node(descriptor, &error);

	return error ? error : owner_check(node, user, group);
}

long guest_sys_fchownat(long descriptor, const char *text, unsigned user, unsigned group, long flags)
{
	struct node *node;
	long error;

	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	node = place_node(descriptor, text, flags, &error);
	return error ? error : owner_check(node, user, group);
}

static int time_is_valid(const struct timespec *time)
{
	return time->tv_nsec == UTIME_NOW || time->tv_nsec == UTIME_OMIT || (time->tv_nsec >= 0 && time->tv_nsec < 1000000000);
}

/* times: access, modification; NULL: now, for both */
long guest_sys_utimensat(long descriptor, const char *text, const struct timespec times[2], long flags)
{
	struct node *node;
	long error;

	if (times && (!time_is_valid(&times[0]) || !time_is_valid(&times[1])))
		return -EINVAL;
	if (times && times[0].tv_nsec == UTIME_OMIT && times[1].tv_nsec == UTIME_OMIT)
		return 0;
	if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH) || (!text && flags))
		return -EINVAL;
	node = place_node(descriptor, text, flags, &error);
	if (error)
		return error;
	if (times && times[1].tv_nsec == UTIME_OMIT)
		return node_set_time(node, &node->changed);
	return node_set_time(node, times && times[1].tv_nsec != UTIME_NOW ? &times[1] : NULL);
}
