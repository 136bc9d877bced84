/* SPDX-License-Identifier: ISC */
/*
 * paging.c -- page table entries of x86-64
 *
 * Accessed and dirty are set from the start, so that neither page walks nor
 * hosts that shadow guest tables need to write them.
 */
#include "machine/paging.h"

enum {
	PRESENT = 1 << 0,
	WRITE = 1 << 1,
	USER = 1 << 2,
	ACCESSED = 1 << 5,
	DIRTY = 1 << 6,
	LARGE = 1 << 7,
};
#define NO_EXECUTE (1ul << 63)

static uint64_t leaf(unsigned access, bool large)
{
	uint64_t bits = PRESENT | ACCESSED | DIRTY;

	if (access & ACCESS_USER)
		bits |= USER;
	if (access & ACCESS_WRITE)
		bits |= WRITE;
	if (!(access & ACCESS_EXECUTE))
		bits |= NO_EXECUTE;
	if (large)
		bits |= LARGE;
	return bits;
}

const struct paging_format paging_x86_64 = {
	.table = PRESENT | WRITE | USER | ACCESSED,
	.leaf = leaf,
};
