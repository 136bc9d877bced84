/* SPDX-License-Identifier: ISC */
/* probe/host.c -- reads and writes all of the buffers that it is given */
#include "core.h"

#include <string.h>

int64_t host_probe_sum(const uint64_t *words, uint16_t count, uint64_t *sum)
{
	*sum = 0;
	for (uint16_t i = 0; i < count; i++)
		*sum += words[i];
	return RESULT_OK;
}

int64_t host_probe_fill(uint32_t *words, uint64_t count, uint8_t value)
{
	memset(words, value, count * sizeof(*words));
	return RESULT_OK;
}

int64_t host_probe_copy(const uint8_t *from, uint8_t *to, uint64_t size)
{
	memmove(to, from, size);
	return RESULT_OK;
}

int64_t host_probe_double(uint16_t *words, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		words[i] = (uint16_t)(2 * words[i]);
	return RESULT_OK;
}
