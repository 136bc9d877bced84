/* SPDX-License-Identifier: ISC */
/* log.c -- reads through a window of the largest record's size, writes one record at a time */
#include "log.h"

#include <string.h>
#include <uk.h>

#include "console.h"

/* what a scan of an area finds from its beginning on */
struct scan {
	bool committed;
	uint64_t end;
	uint64_t generation, sequence;
};

static struct {
	uint64_t start, size;           /* on the device; size 0: nothing is read */
	uint8_t bytes[RECORD_SIZE_MAX] __attribute__((aligned(64)));
} window;

static uint64_t area_start(const struct log *log)
{
	return log->area * log->area_size;
}

/* at least size bytes at a place on the device */
static const uint8_t *window_show(const struct log *log, uint64_t at, uint64_t size)
{
	uint64_t left = area_start(log) + log->area_size - at;

	if (at < window.start || at - window.start + size > window.size) {
		window.start = at;
		window.size = left < sizeof(window.bytes) ? left : sizeof(window.bytes);
		if (uk_block_read(log->device, at, window.bytes, window.size))
			fail("the device can't be read", NULL);
	}
	return window.bytes + (at - window.start);
}

uint64_t log_record_size(const struct log *log, size_t key_length, size_t value_length)
{
	return (record_length(key_length, value_length) + log->block_size - 1) & ~(log->block_size - 1);
}

static uint64_t record_size(const struct log *log, const uint8_t *bytes)
{
	const struct record *record = record_header(bytes);

	return log_record_size(log, record->key_length, record->value_length);
}

const uint8_t *log_read(const struct log *log, uint64_t offset)
{
	uint64_t at = area_start(log) + offset;
	const uint8_t *bytes = window_show(log, at, log->block_size);

	if (!record_is_plausible(bytes, log->area_size - offset))
		return NULL;
	bytes = window_show(log, at, record_size(log, bytes));
	return record_is_whole(bytes) ? bytes : NULL;
}

static struct scan area_scan(const struct log *log)
{
	struct scan scan = {.generation = 1};

	while (scan.end < log->area_size) {
		const uint8_t *bytes = log_read(log, scan.end);
		const struct record *record = record_header(bytes);

		if (bytes && !scan.end)
			scan.generation = record->generation;
		if (!bytes || record->generation != scan.generation || record->sequence != scan.sequence)
			break;
		scan.committed |= record->kind == RECORD_COMMIT || scan.generation == 1;
		scan.end += record_size(log, bytes);
		scan.sequence++;
	}
	return scan;
}

/* what whole records there are behind offset, in sequence or not */
struct survey {
	uint64_t generation, sequence;  /* of the newest */
	uint64_t committed;             /* the newest generation with a commit record */
};

static struct survey area_survey(const struct log *log, uint64_t offset)
{
	struct survey survey = {0};

	for (; offset < log->area_size; offset += log->block_size) {
		const uint8_t *bytes = log_read(log, offset);
		const struct record *record = record_header(bytes);

		if (!bytes)
			continue;
		if (record->generation > survey.generation ||
		    (record->generation == survey.generation && record->sequence > survey.sequence)) {
			survey.generation = record->generation;
			survey.sequence = record->sequence;
		}
		if (record->kind == RECORD_COMMIT && record->generation > survey.committed)
			survey.committed = record->generation;
	}
	return survey;
}

/*
 * Each record was on the disk before the next was begun, so none can follow a
 * torn one; and all that a commit record is for was there before it.
 */
static bool is_damaged(const struct log *log)
{
	struct log other = *log;
	struct survey survey = area_survey(log, log->end);

	other.area = !log->area;
	return (survey.generation == log->generation && survey.sequence >= log->sequence) ||
		survey.committed > log->generation || area_survey(&other, 0).committed > log->generation;
}

/* Records are found at multiples of the block size that they were written with. */
static void block_size_check(const struct log *log)
{
	const uint8_t *bytes = window_show(log, area_start(log), log->block_size);
	const struct record *record = record_header(bytes);

	if (record->magic == RECORD_MAGIC && record->block_shift && 1ul << record->block_shift % 64 != log->block_size)
		fail("the store was made with blocks of another size; give --block-sector-size:store= as then", NULL);
}

/* The first record was never written whole: only what a crash leaves of it may be there, else it is something else's. */
static void empty_check(const struct log *log)
{
	const uint8_t *bytes = window_show(log, 0, log->block_size);

	if (record_header(bytes)->magic == RECORD_MAGIC)
		return;
	for (uint64_t i = 0; i < log->block_size; i++)
		if (bytes[i])
			fail("the device holds something else than a store; give it an image that begins with zeroes", NULL);
}

void log_open(struct log *log, const char *device)
{
	struct solo5_block_info info;
	struct scan scans[2], *scan;

	if (solo5_block_acquire(device, &log->device, &info))
		fail("there is no device", device);
	log->block_size = info.block_size;
	log->area_size = info.capacity / 2 & ~(info.block_size - 1);
	if (log->area_size < 4 * log->block_size)
		fail("the device is too small; at least 8 blocks are needed", NULL);
	for (log->area = 0; log->area < 2; log->area++) {
		block_size_check(log);
		scans[log->area] = area_scan(log);
	}
	log->area = scans[1].committed && !(scans[0].committed && scans[0].generation > scans[1].generation);
	scan = &scans[log->area];
	if (!scan->committed) {
		*scan = (struct scan){.generation = 1};
		empty_check(log);
	}
	log->end = scan->end;
	log->generation = scan->generation;
	log->sequence = scan->sequence;
	if (is_damaged(log))
		fail("the log is damaged: a record in its middle is not as it was written", NULL);
	/* the last record may be whole and yet not on the disk */
	log_flush(log);
}

uint64_t log_append(struct log *log, enum record_kind kind, struct pair pair)
{
	static uint8_t bytes[RECORD_SIZE_MAX] __attribute__((aligned(64)));
	uint64_t size = log_record_size(log, pair.key_length, pair.value_length), offset = log->end;

	record_make(bytes, size, (struct record){
		.generation = log->generation, .sequence = log->sequence, .kind = (uint8_t)kind,
		.block_shift = (uint8_t)__builtin_ctzl(log->block_size),
	}, pair);
	if (uk_block_write(log->device, area_start(log) + offset, bytes, size))
		fail("the device can't be written", NULL);
	window.size = 0;
	log->end += size;
	log->sequence++;
	return offset;
}

void log_flush(const struct log *log)
{
	if (uk_block_flush(log->device))
		fail("the device can't be flushed", NULL);
}

struct log log_next(const struct log *log)
{
	struct log next = *log;
	uint64_t newest;

	next.area = !log->area;
	next.end = next.sequence = 0;
	/* newer than what an attempt that a crash ended may have left anywhere in the area */
	newest = area_survey(&next, 0).generation;
	next.generation = (newest > log->generation ? newest : log->generation) + 1;
	return next;
}

void log_commit(struct log *log)
{
	log_flush(log);
	log_append(log, RECORD_COMMIT, (struct pair){.key = "", .value = ""});
	log_flush(log);
}
