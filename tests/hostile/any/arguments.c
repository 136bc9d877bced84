/* SPDX-License-Identifier: ISC */
/* arguments.c -- buffers of other kinds than bytes: the module probe has one call for each kind of parameter */
#include "../hostile.h"

int64_t probe_sum(const uint64_t *words, uint16_t count, uint64_t *sum);
int64_t probe_fill(uint32_t *words, uint64_t count, uint8_t value);
int64_t probe_copy(const uint8_t *from, uint8_t *to, uint64_t size);
int64_t probe_double(uint16_t *words, uint32_t count);

static union {
	uint64_t words[8];
	uint32_t halves[16];
	uint16_t quarters[32];
	uint8_t bytes[64];
} data;

/* any: 0 */
ATTACK(parameters_of_each_kind)
{
	uint64_t sum = 0;

	if (probe_fill(data.halves, 16, 3) || probe_sum(data.words, 8, &sum) || sum != 8 * 0x0303030303030303ul)
		return 1;
	if (probe_double(data.quarters, 32) || data.quarters[31] != 0x0606)
		return 2;
	return 0;
}

/* one call's buffers may overlap: what is written must not be taken for checked */
ATTACK(buffers_that_overlap)
{
	for (unsigned i = 0; i < 64; i++)
		data.bytes[i] = (uint8_t)i;
	if (probe_copy(data.bytes, data.bytes + 1, 63) || data.bytes[0] != 0 || data.bytes[1] != 0 || data.bytes[63] != 62)
		return 1;
	return 0;
}

/* any: 255 hypercall probe_sum: words at 0x*1 is not a multiple of 8 */
ATTACK(unaligned_read)
{
	uint64_t sum;

	return (int)probe_sum((void *)(data.bytes + 1), 1, &sum);
}

/* any: 255 hypercall probe_fill: words at 0x*2 is not a multiple of 4 */
ATTACK(unaligned_write)
{
	return (int)probe_fill((void *)(data.bytes + 2), 1, 0);
}

/* any: 255 hypercall probe_fill: words at 0x*, 4611686018427387905 elements of 4 bytes, is not in memory that the guest may write */
ATTACK(count_that_overflows)
{
	return (int)probe_fill(data.halves, (1ul << 62) + 1, 0);
}

/* any: 255 hypercall probe_sum: words at 0x*, 65535 elements of 8 bytes, is not in memory that the guest may read */
ATTACK(count_of_another_width)
{
	uint64_t sum;

	return (int)probe_sum((void *)(memory_end(info) - 4096), (uint16_t)-1, &sum);
}

/* any: 255 hypercall probe_copy: to at 0x*, 64 elements of 1 bytes, is not in memory that the guest may write */
ATTACK(second_buffer_read_only)
{
	return (int)probe_copy(data.bytes, (uint8_t *)solo5_app_main, 64);
}
