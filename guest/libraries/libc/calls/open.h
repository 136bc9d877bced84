/* SPDX-License-Identifier: ISC */
/* open.h -- open files of the tree */
#ifndef GUEST_OPEN_H
#define GUEST_OPEN_H

#include "descriptor.h"
#include "node.h"

/* the node of an open file or folder of the tree; NULL: the file is of another kind */
struct node *open_node(struct file *file);

/* takes LOCK_SH or LOCK_EX for an open file of the tree, or gives it up with LOCK_UN; false: another open file has it */
int open_lock(struct file *file, int wanted);

/* the descriptor of a node that is opened with these flags; a negative errno if there are too many */
long open_add(struct node *node, int flags);

#endif
