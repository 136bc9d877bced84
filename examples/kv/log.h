/* SPDX-License-Identifier: ISC */
/*
 * log.h -- records on a block device that survive the end of the program at any moment
 *
 * The device has two areas. One holds the log: records of one generation, in
 * sequence without a gap. It ends at the first block that doesn't begin such a
 * record: a record torn by a crash was never acknowledged. When the area is full,
 * live records are copied to the other area as the next generation, which is valid
 * once its commit record is there; until then the old one is. Generation 1 needs
 * no commit record, so a device full of zeroes is an empty log.
 */
#ifndef LOG_H
#define LOG_H

#include <solo5.h>

#include "record.h"

struct log {
	solo5_handle_t device;
	uint64_t block_size, area_size;         /* bytes */
	unsigned area;                          /* 0 or 1 */
	uint64_t end;                           /* of the log in its area */
	uint64_t generation, sequence;          /* of the next record */
};

/* finds the log on a device; ends the program if there is something else, or if it is damaged */
void log_open(struct log *log, const char *device);

/* the record at offset, which is good until the next call of this or log_append; NULL where none is whole */
const uint8_t *log_read(const struct log *log, uint64_t offset);

/* the blocks that a record takes, in bytes */
uint64_t log_record_size(const struct log *log, size_t key_length, size_t value_length);

static inline uint64_t log_room(const struct log *log)
{
	return log->area_size - log->end;
}

/* writes a record for which there is room; returns its offset. It is on the disk after log_flush. */
uint64_t log_append(struct log *log, enum record_kind kind, struct pair pair);
void log_flush(const struct log *log);

/* an empty log in the other area; after log_commit it is what log_open finds */
struct log log_next(const struct log *log);
void log_commit(struct log *log);

#endif
