/* SPDX-License-Identifier: ISC */
/* probe/guest.c -- passes on whatever it is given */
#include "guest.h"

int64_t probe_sum(const uint64_t *words, uint16_t count, uint64_t *sum);
int64_t probe_fill(uint32_t *words, uint64_t count, uint8_t value);
int64_t probe_copy(const uint8_t *from, uint8_t *to, uint64_t size);
int64_t probe_double(uint16_t *words, uint32_t count);

int64_t probe_sum(const uint64_t *words, uint16_t count, uint64_t *sum)
{
	return hypercall_probe_sum(words, count, sum);
}

int64_t probe_fill(uint32_t *words, uint64_t count, uint8_t value)
{
	return hypercall_probe_fill(words, count, value);
}

int64_t probe_copy(const uint8_t *from, uint8_t *to, uint64_t size)
{
	return hypercall_probe_copy(from, to, size);
}

int64_t probe_double(uint16_t *words, uint32_t count)
{
	return hypercall_probe_double(words, count);
}
