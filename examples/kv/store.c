/* SPDX-License-Identifier: ISC */
/*
 * store.c -- changes are records at the end of the log, or a new log
 *
 * If the log has no room for a change, live records are copied to a new log together
 * with the change. Committing the new log commits the change: after a crash there is
 * either the old log without it or the new one with it.
 */
#include "store.h"

#include "console.h"
#include "log.h"

static struct log store;
static uint64_t live;           /* bytes of the records of keys that are present */

/* a key's record is another one now, or none if size is 0 */
static void key_set(struct key *key, uint64_t offset, uint64_t size)
{
	if (key->present)
		live -= key->size;
	key->present = size > 0;
	key->offset = offset;
	key->size = size;
	live += size;
}

void store_open(const struct solo5_start_info *start, const char *device)
{
	uint64_t offset = 0;

	keys_create(start);
	log_open(&store, device);
	while (offset < store.end) {
		const uint8_t *bytes = log_read(&store, offset);
		struct pair pair;
		uint64_t size;

		if (!bytes)
			fail("the device changed while it was read", NULL);
		pair = record_pair(bytes);
		size = log_record_size(&store, pair.key_length, pair.value_length);
		if (record_header(bytes)->kind != RECORD_COMMIT)
			key_set(key_take(pair.key, pair.key_length), offset,
				record_header(bytes)->kind == RECORD_PUT ? size : 0);
		offset += size;
	}
}

struct pair store_get(const struct key *key)
{
	const uint8_t *bytes = log_read(&store, key->offset);

	if (!bytes)
		fail("the record is damaged of key", key->name);
	return record_pair(bytes);
}

void store_print(const struct key *key)
{
	struct pair pair = store_get(key);

	print(key->name);
	print(" ");
	print_bytes(pair.value, pair.value_length);
	print("\n");
}

/* a new log of all keys but the changed one, and its value if there is one; returns that record's offset */
static uint64_t compact(const struct key *changed, const struct pair *value)
{
	struct log next = log_next(&store);
	uint64_t offset = 0;

	for (size_t i = 0; i < key_count; i++)
		if (keys[i].present && &keys[i] != changed)
			keys[i].offset = log_append(&next, RECORD_PUT, store_get(&keys[i]));
	if (value)
		offset = log_append(&next, RECORD_PUT, *value);
	log_commit(&next);
	store = next;
	return offset;
}

bool store_put(struct pair pair)
{
	struct key *key = key_take(pair.key, pair.key_length);
	uint64_t size = log_record_size(&store, pair.key_length, pair.value_length), offset;

	/* with its commit record, all must fit into one area: a store that is full can still be compacted */
	if (live - (key->present ? key->size : 0) + size + store.block_size > store.area_size)
		return false;
	if (size <= log_room(&store)) {
		offset = log_append(&store, RECORD_PUT, pair);
		log_flush(&store);
	} else {
		offset = compact(key, &pair);
	}
	key_set(key, offset, size);
	return true;
}

bool store_delete(const char *name, size_t length)
{
	struct key *key = key_take(name, length);
	struct pair pair = {.key = name, .key_length = length, .value = ""};

	if (!key->present)
		return false;
	if (log_record_size(&store, length, 0) <= log_room(&store)) {
		log_append(&store, RECORD_DELETE, pair);
		log_flush(&store);
	} else {
		compact(key, NULL);
	}
	key_set(key, 0, 0);
	return true;
}

struct store_usage store_usage(void)
{
	struct store_usage usage = {
		.used = live, .size = store.area_size - store.block_size, .generation = store.generation,
	};

	for (size_t i = 0; i < key_count; i++)
		usage.keys += keys[i].present;
	return usage;
}
