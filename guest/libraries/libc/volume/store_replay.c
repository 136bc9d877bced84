/* SPDX-License-Identifier: ISC */
/* store_replay.c -- applies changes that were read from a volume; they are untrusted */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store.h"

/* steps from a folder to the root; more mean a loop */
enum { DEPTH_MAX = 65536 };

struct input {
	const unsigned char *at;
	size_t left;
	int bad;                        /* a read went past the end */
	uint32_t position, blocks;      /* of the record, in the area */
};

static const unsigned char *input_take(struct input *input, size_t size)
{
	const unsigned char *at = input->at;

	if (input->bad || size > input->left) {
		input->bad = 1;
		return NULL;
	}
	input->at += size;
	input->left -= size;
	return at;
}

static uint64_t input_number(struct input *input, unsigned bytes)
{
	const unsigned char *at = input_take(input, bytes);

	return at ? get_number(at, bytes) : 0;
}

/* the slot of a number, or the one for it */
static size_t number_place(const struct store_numbers *numbers, uint64_t number)
{
	size_t place = (size_t)(number * 0x9e3779b97f4a7c15 >> 20) & (numbers->capacity - 1);

	while (numbers->nodes[place] && numbers->nodes[place]->node.number != number)
		place = (place + 1) & (numbers->capacity - 1);
	return place;
}

static struct store_node *number_find(const struct store_numbers *numbers, uint64_t number)
{
	return numbers->capacity ? numbers->nodes[number_place(numbers, number)] : NULL;
}

static int numbers_grow(struct store_numbers *numbers)
{
	struct store_numbers larger = {.count = numbers->count, .capacity = numbers->capacity ? numbers->capacity * 2 : 64};

	larger.nodes = calloc(larger.capacity, sizeof(*larger.nodes));
	if (!larger.nodes)
		return 0;
	for (size_t i = 0; i < numbers->capacity; i++)
		if (numbers->nodes[i])
			larger.nodes[number_place(&larger, numbers->nodes[i]->node.number)] = numbers->nodes[i];
	free(numbers->nodes);
	*numbers = larger;
	return 1;
}

static int number_add(struct store_numbers *numbers, struct store_node *node)
{
	if (numbers->count * 2 >= numbers->capacity && !numbers_grow(numbers))
		return 0;
	numbers->nodes[number_place(numbers, node->node.number)] = node;
	numbers->count++;
	return 1;
}

/* moves up later entries that would no longer be found */
static void number_remove(struct store_numbers *numbers, uint64_t number)
{
	size_t place = number_place(numbers, number);
	struct store_node *node;

	numbers->nodes[place] = NULL;
	numbers->count--;
	for (;;) {
		place = (place + 1) & (numbers->capacity - 1);
		node = numbers->nodes[place];
		if (!node)
			return;
		numbers->nodes[place] = NULL;
		numbers->nodes[number_place(numbers, node->node.number)] = node;
	}
}

void store_numbers_drop(struct store_numbers *numbers)
{
	free(numbers->nodes);
	*numbers = (struct store_numbers){0};
}

struct state {
	mode_t mode;
	uint64_t size;
	struct timespec changed;
};

static struct state input_state(struct input *input)
{
	struct state state = {.mode = (mode_t)input_number(input, 4), .size = input_number(input, 8)};

	state.changed.tv_sec = (time_t)input_number(input, 8);
	state.changed.tv_nsec = (long)input_number(input, 4);
	return state;
}

static int state_is_valid(const struct state *state)
{
	mode_t kind = state->mode & S_IFMT;

	return (kind == S_IFREG || kind == S_IFDIR || kind == S_IFLNK) && !(state->mode & ~(S_IFMT | 07777)) &&
		state->size <= (kind == S_IFREG ? STORE_FILE_MAX : 0) && state->changed.tv_nsec < 1000000000;
}

static int name_is_valid(const unsigned char *name, size_t length)
{
	return length && !memchr(name, 0, length) && !memchr(name, '/', length) &&
		!(name[0] == '.' && (length == 1 || (length == 2 && name[1] == '.')));
}

/* the folder with a number; NULL: none */
static struct node *folder_find(const struct store_numbers *numbers, uint64_t number)
{
	struct store_node *folder = number_find(numbers, number);

	return folder && S_ISDIR(folder->node.mode) ? &folder->node : NULL;
}

static long replay_node(struct store *store, struct store_numbers *numbers, uint64_t number, struct input *input)
{
	struct node *folder = folder_find(numbers, input_number(input, 8)), *node;
	struct state state = input_state(input);
	size_t length = (size_t)input_number(input, 1), target_length;
	const unsigned char *name = input_take(input, length), *target;

	target_length = (size_t)input_number(input, 2);
	target = input_take(input, target_length);
	if (input->bad || !folder || !number || number_find(numbers, number) || !state_is_valid(&state) || !name_is_valid(name, length) ||
	    (S_ISLNK(state.mode) ? !target_length || target_length > STORE_TARGET_MAX || memchr(target, 0, target_length) : target_length))
		return -EUCLEAN;
	if (store_live_add(store, change_node_size(length, target_length)))
		return -EUCLEAN;
	node = node_restore(folder, (const char *)name, length, state.mode, target_length ? (const char *)target : NULL, target_length);
	if (!node)
		return -ENOMEM;
	node->number = number;
	node->changed = state.changed;
	if (S_ISREG(state.mode))
		node->size = (size_t)state.size;
	if (!number_add(numbers, store_node_of(node))) {
		node_restore_remove(node);
		return -ENOMEM;
	}
	if (number > store->numbers)
		store->numbers = number;
	return 0;
}

static long replay_extent(struct store *store, struct store_node *file, struct input *input)
{
	struct extent extent = {.logical = (uint32_t)input_number(input, 4), .physical = (uint32_t)input_number(input, 4)};
	long error;

	extent.count = (uint32_t)input_number(input, 4);
	if (input->bad || !S_ISREG(file->node.mode) || (uint64_t)extent.logical + extent.count > STORE_FILE_MAX / STORE_BLOCK ||
	    !space_claim(store, extent.physical, extent.count))
		return -EUCLEAN;
	error = extents_add(file, &extent);
	if (error)
		space_give(store, extent.physical, extent.count, 1);
	return error == -ENOSPC ? -ENOMEM : error;
}

static long replay_state(struct store_node *node, struct input *input)
{
	struct state state = input_state(input);

	if (input->bad || !state_is_valid(&state) || (state.mode & S_IFMT) != (node->node.mode & S_IFMT))
		return -EUCLEAN;
	node->node.mode = state.mode;
	node->node.changed = state.changed;
	if (S_ISREG(state.mode))
		node->node.size = (size_t)state.size;
	return 0;
}

/* a block of the record has the content of a block of the file */
static long replay_data(struct store *store, struct store_node *file, struct input *input)
{
	uint32_t logical = (uint32_t)input_number(input, 4), at = (uint32_t)input_number(input, 4), run, block;
	uint32_t word = (uint32_t)input_number(input, 4);

	if (input->bad || store->version < 2 || !input->position || !at || at >= input->blocks)
		return -EUCLEAN;
	block = extents_find(file, logical, &run);
	return block ? logged_set(store, input->position + at, block, word) : -EUCLEAN;
}

static long replay_remove(struct store *store, struct store_numbers *numbers, struct store_node *node)
{
	if (node->node.first || &node->node == &store->root.node)
		return -EUCLEAN;
	store->live -= change_node_size(strlen(node->node.name), S_ISLNK(node->node.mode) ? node->node.size : 0);
	number_remove(numbers, node->node.number);
	extents_cut(store, node, 0, 1);
	node_restore_remove(&node->node);
	return 0;
}

/* whether a folder is the node or below it; also true for a folder that is impossibly deep */
static int is_below(const struct node *folder, const struct node *node, const struct node *root)
{
	for (unsigned depth = 0; depth < DEPTH_MAX && folder != node; depth++) {
		if (folder == root)
			return 0;
		folder = folder->parent;
	}
	return 1;
}

static long replay_move(struct store *store, struct store_numbers *numbers, struct store_node *node, struct input *input)
{
	struct node *folder = folder_find(numbers, input_number(input, 8));
	uint64_t replaced_number = input_number(input, 8);
	struct store_node *replaced = replaced_number ? number_find(numbers, replaced_number) : NULL;
	size_t length = (size_t)input_number(input, 1), before = strlen(node->node.name);
	const unsigned char *name = input_take(input, length);
	long error = 0;

	if (input->bad || !folder || !name_is_valid(name, length) || &node->node == &store->root.node || replaced == node ||
	    (replaced_number && !replaced) || is_below(folder, &node->node, &store->root.node) ||
	    (replaced && is_below(folder, &replaced->node, &store->root.node)))
		return -EUCLEAN;
	if (replaced)
		error = replay_remove(store, numbers, replaced);
	if (error)
		return error;
	if (!node_restore_move(&node->node, folder, (const char *)name, length))
		return -ENOMEM;
	store->live -= before;
	return store_live_add(store, length) ? -EUCLEAN : 0;
}

static long replay_one(struct store *store, struct store_numbers *numbers, struct input *input)
{
	unsigned what = (unsigned)input_number(input, 1);
	uint64_t number = input_number(input, 8);
	struct store_node *node;
	uint32_t logical;

	if (what == CHANGE_NODE)
		return replay_node(store, numbers, number, input);
	node = input->bad ? NULL : number_find(numbers, number);
	if (!node)
		return -EUCLEAN;
	switch (what) {
	case CHANGE_EXTENT:
		return replay_extent(store, node, input);
	case CHANGE_CUT:
		logical = (uint32_t)input_number(input, 4);
		if (input->bad)
			return -EUCLEAN;
		extents_cut(store, node, logical, 1);
		return 0;
	case CHANGE_STATE:
		return replay_state(node, input);
	case CHANGE_MOVE:
		return replay_move(store, numbers, node, input);
	case CHANGE_REMOVE:
		return replay_remove(store, numbers, node);
	case CHANGE_DATA:
		return replay_data(store, node, input);
	}
	return -EUCLEAN;
}

long store_replay(struct store *store, struct store_numbers *numbers, const unsigned char *changes, size_t size, uint32_t position)
{
	struct input input = {
		.at = changes, .left = size, .position = position,
		/* those that are full, but for the first, which the record's head is in */
		.blocks = (uint32_t)((RECORD_SIZE + size) / STORE_BLOCK),
	};
	long error = 0;

	if (!numbers->count && !number_add(numbers, &store->root))
		return -ENOMEM;
	while (input.left && !error && !(position && store->version > 1 && *input.at == CHANGE_END))
		error = replay_one(store, numbers, &input);
	return error;
}
