/* SPDX-License-Identifier: ISC */
/* path.h -- finds nodes by path */
#ifndef GUEST_PATH_H
#define GUEST_PATH_H

#include "node.h"

struct path {
	struct node *folder;            /* in which the last name is looked for; of a path without one (/, .), the node itself */
	const char *name;               /* of length bytes, in the path or in a link's target; length 0: there is no last name */
	size_t length;
	struct node *node;              /* NULL: there is none of that name */
	int slash;                      /* it ends in a slash: only a folder will do */
};

/*
 * Walks a path from the folder of a descriptor, or AT_FDCWD. follow: a link at
 * its end is followed. 0 also if the last name is not there; else a negative errno.
 */
long path_walk(struct path *path, long descriptor, const char *text, int follow);

/* the same, and the node must be there */
long path_find(struct path *path, long descriptor, const char *text, int follow);

/* the working folder */
struct node *path_working(void);
void path_work_in(struct node *folder);

#endif
