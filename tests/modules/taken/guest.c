/* SPDX-License-Identifier: ISC */
/* taken/guest.c -- asks the monitor to make a system call */
#include "guest.h"

int64_t uk_taken(uint64_t number, const uint64_t *words, uint64_t count, uint8_t *data, uint64_t size);

int64_t uk_taken(uint64_t number, const uint64_t *words, uint64_t count, uint8_t *data, uint64_t size)
{
	return hypercall_taken(number, words, count, data, size);
}
