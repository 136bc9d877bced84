/* SPDX-License-Identifier: ISC */
/*
 * block/host_samples.c -- figures of each device: calls, their bytes, and how long they took
 *
 * Of a mapped image only the flushes are known: the guest reads and writes it
 * without the monitor.
 */
#include "samples.h"

#include "counted.h"

static struct {
	uint64_t bytes, errors;
	struct durations durations;
} counts[BLOCK_DEVICES][OPERATIONS];

void counted_call(uint64_t device, enum operation operation, uint64_t bytes, int64_t result, uint64_t start)
{
	if (result == RESULT_OK)
		count_add(&counts[device][operation].bytes, bytes);
	else
		count_add(&counts[device][operation].errors, 1);
	durations_add(&counts[device][operation].durations, start);
}

static const char *const operations[OPERATIONS] = {
	[OPERATION_READ] = "read", [OPERATION_WRITE] = "write", [OPERATION_FLUSH] = "flush", [OPERATION_DISCARD] = "discard",
};

#define OPERATION_LABELS LABELS("device", block_config[d].name, "operation", operations[operation])
#define EACH_OPERATION(first, last) \
	for (unsigned d = 0; d < BLOCK_DEVICES; d++) \
		for (enum operation operation = first; operation <= last; operation++)

void block_sample(void)
{
	sample_family("block_bytes_total", "counter", "Bytes read and written, in file mode.");
	EACH_OPERATION(OPERATION_READ, OPERATION_WRITE)
		sample(count_read(&counts[d][operation].bytes), OPERATION_LABELS);
	sample_family("block_errors_total", "counter", "Calls that failed.");
	EACH_OPERATION(OPERATION_READ, OPERATION_DISCARD)
		sample(count_read(&counts[d][operation].errors), OPERATION_LABELS);
	sample_family("block_call_seconds", "histogram", "Calls of the guest, by how long they took, in file mode; flushes in both.");
	EACH_OPERATION(OPERATION_READ, OPERATION_DISCARD)
		sample_durations(&counts[d][operation].durations, OPERATION_LABELS);
}
