/* SPDX-License-Identifier: ISC */
/* store.h -- keys and values on a block device; when a call returns, its changes are on the disk */
#ifndef STORE_H
#define STORE_H

#include <stdbool.h>

#include "keys.h"
#include "record.h"

void store_open(const struct solo5_start_info *start, const char *device);

/* false if the device is full; then nothing is changed */
bool store_put(struct pair pair);

/* false if there is no such key */
bool store_delete(const char *name, size_t length);

/* the value of a key that is present, good until the next call */
struct pair store_get(const struct key *key);

/* prints a key that is present and its value as one line */
void store_print(const struct key *key);

struct store_usage {
	uint64_t keys;
	uint64_t used, size;    /* bytes of the keys' records, and how many there can be */
	uint64_t generation;    /* of the log */
} store_usage(void);

#endif
