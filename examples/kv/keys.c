/* SPDX-License-Identifier: ISC */
/* keys.c -- a sorted array; deleted keys stay in it, so that adding one again takes no memory */
#include "keys.h"

#include <string.h>

#include "console.h"

struct key *keys;
size_t key_count;

static char *names;             /* the lowest; the heap is free from the last key to here */

void keys_create(const struct solo5_start_info *start)
{
	keys = (struct key *)start->heap_start;
	names = (char *)start->heap_start + start->heap_size;
}

static int key_compare(const struct key *key, const char *name, size_t length)
{
	int order = memcmp(key->name, name, key->length < length ? key->length : length);

	return order ? order : (key->length > length) - (key->length < length);
}

struct key *key_take(const char *name, size_t length)
{
	size_t low = 0, high = key_count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = key_compare(&keys[middle], name, length);

		if (!order)
			return &keys[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if ((size_t)(names - (char *)(keys + key_count)) < sizeof(struct key) + length + 1)
		fail("too many keys for this memory; give more with --mem", NULL);
	names -= length + 1;
	memcpy(names, name, length);
	names[length] = 0;
	memmove(&keys[low + 1], &keys[low], (key_count - low) * sizeof(struct key));
	keys[low] = (struct key){.name = names, .length = length};
	key_count++;
	return &keys[low];
}
