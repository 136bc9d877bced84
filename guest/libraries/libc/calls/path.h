/* SPDX-License-Identifier: ISC */
/* path.h -- resolves path names */
#ifndef GUEST_PATH_H
#define GUEST_PATH_H

#include "node.h"

struct path {
	struct node *folder;            /* that holds the last name; for a path without one (/, .), the node itself */
	const char *name;               /* of length bytes, in the path or in a link's target; length 0: there is no last name */
	size_t length;
	struct node *node;              /* NULL: there is none of that name */
	int slash;                      /* it ends in a slash: must be a folder */
};

/*
 * Walks a path from the folder of a descriptor, or AT_FDCWD. follow: also follow a
 * link at its end. Returns 0, even if the last name doesn't exist, or a negative errno.
 */
long path_walk(struct path *path, long descriptor, const char *text, int follow);

/* the same, but the node must exist */
long path_find(struct path *path, long descriptor, const char *text, int follow);

/* the working folder */
struct node *path_working(void);
void path_work_in(struct node *folder);

#endif
