/* SPDX-License-Identifier: ISC */
/*
 * store.c -- changes are records at the end of the log, or a new log
 *
 * Where the log has no room for a change, the records that are still of use go
 * to a new log together with the change. Its commit is the change's: a crash
 * finds the old log without it or the new one with it.
 */
#include "store.h"

#include <string.h>

#include "console.h"
#include "log.h"

static struct log store;

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
		if (record_header(bytes)->kind != RECORD_COMMIT) {
			struct key *key = key_take(pair.key, pair.key_length);

			key->present = record_header(bytes)->kind == RECORD_PUT;
			key->offset = offset;
			key->size = size;
		}
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

/* what a new log of all keys but one needs */
static uint64_t live_size(const struct key *without)
{
	uint64_t size = store.block_size;       /* the commit record */

	for (size_t i = 0; i < key_count; i++)
		if (keys[i].present && &keys[i] != without)
			size += keys[i].size;
	return size;
}

/* a new log of all keys but the changed one, which is put if value is not NULL, and gone otherwise */
static void compact(struct key *changed, const struct pair *value)
{
	struct log next = log_next(&store);

	for (size_t i = 0; i < key_count; i++)
		if (keys[i].present && &keys[i] != changed)
			keys[i].offset = log_append(&next, RECORD_PUT, store_get(&keys[i]));
	if (value)
		changed->offset = log_append(&next, RECORD_PUT, *value);
	log_commit(&next);
	store = next;
}

bool store_put(struct pair pair)
{
	struct key *key = key_take(pair.key, pair.key_length);
	uint64_t size = log_record_size(&store, pair.key_length, pair.value_length);

	if (size <= log_room(&store)) {
		key->offset = log_append(&store, RECORD_PUT, pair);
		log_flush(&store);
	} else if (live_size(key) + size <= store.area_size) {
		compact(key, &pair);
	} else {
		return false;
	}
	key->size = size;
	key->present = true;
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
	key->present = false;
	return true;
}

struct store_usage store_usage(void)
{
	struct store_usage usage = {.used = live_size(NULL), .size = store.area_size, .generation = store.generation};

	for (size_t i = 0; i < key_count; i++)
		usage.keys += keys[i].present;
	return usage;
}
