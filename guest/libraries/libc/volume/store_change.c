/* SPDX-License-Identifier: ISC */
/* store_change.c -- changes of a volume's tree as bytes */
#include <string.h>

#include "store.h"

static unsigned char *change_begin(unsigned char *to, unsigned what, const struct node *node)
{
	*to = (unsigned char)what;
	return put_number(to + 1, node->number, 8);
}

static unsigned char *put_state(unsigned char *to, const struct node *node)
{
	to = put_number(to, node->mode, 4);
	to = put_number(to, S_ISREG(node->mode) ? node->size : 0, 8);
	to = put_number(to, (uint64_t)node->changed.tv_sec, 8);
	return put_number(to, (uint64_t)node->changed.tv_nsec, 4);
}

static unsigned char *put_name(unsigned char *to, const char *name, size_t length)
{
	*to = (unsigned char)length;
	memcpy(to + 1, name, length);
	return to + 1 + length;
}

enum { STATE_SIZE = 4 + 8 + 8 + 4 };

size_t change_node_size(size_t name, size_t target)
{
	return 1 + 8 + 8 + STATE_SIZE + 1 + name + 2 + target;
}

size_t change_node(unsigned char *to, const struct node *node)
{
	unsigned char *at = change_begin(to, CHANGE_NODE, node);
	size_t target = S_ISLNK(node->mode) ? node->size : 0;

	at = put_number(at, node->parent->number, 8);
	at = put_state(at, node);
	at = put_name(at, node->name, strlen(node->name));
	at = put_number(at, target, 2);
	if (target)
		memcpy(at, node->data, target);
	return (size_t)(at - to) + target;
}

size_t change_extent(unsigned char *to, const struct node *node, const struct extent *extent)
{
	unsigned char *at = change_begin(to, CHANGE_EXTENT, node);

	at = put_number(at, extent->logical, 4);
	at = put_number(at, extent->physical, 4);
	return (size_t)(put_number(at, extent->count, 4) - to);
}

size_t change_cut(unsigned char *to, const struct node *node, uint32_t logical)
{
	return (size_t)(put_number(change_begin(to, CHANGE_CUT, node), logical, 4) - to);
}

size_t change_state(unsigned char *to, const struct node *node)
{
	return (size_t)(put_state(change_begin(to, CHANGE_STATE, node), node) - to);
}

size_t change_move(unsigned char *to, const struct node *node, const struct node *folder, const char *name, size_t length,
		   const struct node *replaced)
{
	unsigned char *at = change_begin(to, CHANGE_MOVE, node);

	at = put_number(at, folder->number, 8);
	at = put_number(at, replaced ? replaced->number : 0, 8);
	return (size_t)(put_name(at, name, length) - to);
}

size_t change_remove(unsigned char *to, const struct node *node)
{
	return (size_t)(change_begin(to, CHANGE_REMOVE, node) - to);
}

size_t change_data(unsigned char *to, const struct node *node, uint32_t logical, uint32_t at, uint32_t word)
{
	unsigned char *end = put_number(change_begin(to, CHANGE_DATA, node), logical, 4);

	return (size_t)(put_number(put_number(end, at, 4), word, 4) - to);
}
