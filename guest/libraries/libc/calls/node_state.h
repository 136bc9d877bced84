/* SPDX-License-Identifier: ISC */
/* node_state.h -- fills in struct stat for a file of the tree */
#ifndef GUEST_NODE_STATE_H
#define GUEST_NODE_STATE_H

#include "file_state.h"
#include "node.h"

void node_state(const struct node *node, struct kstat *state);

#endif
