/* SPDX-License-Identifier: ISC */
/* keys.h -- the keys, sorted, with the place of each one's record on the device */
#ifndef KEYS_H
#define KEYS_H

#include <solo5.h>
#include <stdbool.h>

struct key {
	const char *name;       /* ends in a zero byte */
	size_t length;
	bool present;           /* false: deleted, or never put */
	uint64_t offset;        /* of its record in the log */
	uint64_t size;          /* of its record, in whole blocks */
};

extern struct key *keys;
extern size_t key_count;

/* takes the guest's heap: keys from its start, their names from its end */
void keys_create(const struct solo5_start_info *start);

/* the key of that name; a new one that isn't present if there was none */
struct key *key_take(const char *name, size_t length);

#endif
