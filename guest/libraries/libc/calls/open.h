/* SPDX-License-Identifier: ISC */
/* open.h -- open files of the tree */
#ifndef GUEST_OPEN_H
#define GUEST_OPEN_H

#include "descriptor.h"
#include "node.h"

/* the node of an open file or folder of the tree; NULL: the file is of another kind */
struct node *open_node(struct file *file);

/* takes LOCK_SH or LOCK_EX for an open file of the tree, or releases the lock with LOCK_UN; false: another open file holds it */
int open_lock(struct file *file, int wanted);

/* opens a node with these flags of open(2); returns its descriptor, or a negative errno if there are too many */
long open_add(struct node *node, long flags);

/* the same as a file of a kind with these operations, which show that it has a node */
long open_as(struct node *node, long flags, const struct kind *kind);
long open_state(struct file *file, struct kstat *state);
long open_close(struct file *file);

#endif
