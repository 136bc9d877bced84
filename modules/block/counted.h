/* SPDX-License-Identifier: ISC */
/* block/counted.h -- what each call of the guest's did; without SAMPLES nothing of it is compiled */
#ifndef COUNTED_H
#define COUNTED_H

#include "core.h"

enum operation { OPERATION_READ, OPERATION_WRITE, OPERATION_FLUSH, OPERATION_DISCARD, OPERATIONS };

/* start is counter_now's value when the call began */
void counted_call(uint64_t device, enum operation operation, uint64_t bytes, int64_t result, uint64_t start);

/* before and after a call: */
static inline uint64_t call_begin(void)
{
	return CONFIG_BLOCK_COUNTED ? counter_now() : 0;
}

static inline int64_t call_end(uint64_t device, enum operation operation, uint64_t bytes, int64_t result, uint64_t start)
{
	if (CONFIG_BLOCK_COUNTED)
		counted_call(device, operation, bytes, result, start);
	return result;
}

#endif
