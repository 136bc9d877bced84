/* SPDX-License-Identifier: ISC */
/*
 * record.h -- one entry of the log, as it is on the device
 *
 * A record begins at a block and shares its blocks with no other: writing the next
 * one touches no acknowledged record, so a write torn by a crash can't damage one.
 * Key and value follow the structure; zeroes fill the last block.
 */
#ifndef RECORD_H
#define RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RECORD_MAGIC = 0x676c766b };     /* "kvlg" */
enum { RECORD_SIZE_MAX = 64 << 10 };    /* with its key and value, in whole blocks */

enum record_kind { RECORD_PUT = 1, RECORD_DELETE, RECORD_COMMIT };

struct record {
	uint32_t magic;
	uint32_t checksum;              /* CRC-32C of all that follows this field */
	uint64_t generation;            /* of the log; grows each time it is compacted */
	uint64_t sequence;              /* 0, 1, 2, ... within a generation */
	uint32_t value_length;
	uint16_t key_length;
	uint8_t kind;
	uint8_t block_shift;            /* log2 of the block size, which each run must give the device */
};

/* key and value of a record that lies in memory */
struct pair {
	const char *key, *value;
	size_t key_length, value_length;
};

enum { VALUE_MAX = RECORD_SIZE_MAX - sizeof(struct record) - 255, KEY_MAX = 255 };

/* bytes of a record with its key and value, without what fills the last block */
static inline size_t record_length(size_t key_length, size_t value_length)
{
	return sizeof(struct record) + key_length + value_length;
}

static inline const struct record *record_header(const uint8_t *bytes)
{
	return (const struct record *)(const void *)bytes;
}

static inline struct pair record_pair(const uint8_t *bytes)
{
	const struct record *record = record_header(bytes);
	const char *key = (const char *)(record + 1);

	return (struct pair){key, key + record->key_length, record->key_length, record->value_length};
}

/* makes the record in size bytes; key and value may be empty, and are not in there */
void record_make(uint8_t *bytes, size_t size, struct record header, struct pair pair);

/* whether bytes can be a record of at most available bytes: its lengths can be trusted then, its content not yet */
bool record_is_plausible(const uint8_t *bytes, uint64_t available);

/* whether all of it is as record_make made it */
bool record_is_whole(const uint8_t *bytes);

#endif
