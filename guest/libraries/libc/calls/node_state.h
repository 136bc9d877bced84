/* SPDX-License-Identifier: ISC */
/* node_state.h -- what is known of a file of the tree, as fstat has it */
#ifndef GUEST_NODE_STATE_H
#define GUEST_NODE_STATE_H

#include "file_state.h"
#include "node.h"

void node_state(const struct node *node, struct kstat *state);

#endif
