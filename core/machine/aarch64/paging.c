/* SPDX-License-Identifier: ISC */
/*
 * paging.c -- page table entries of 64-bit ARM, 4 KiB granule (Arm ARM, D8.3)
 *
 * The access flag is set from the start, since no code handles its faults.
 * Memory is write-back and inner shareable, as the host maps it, so that both
 * see the same caches.
 */
#include "machine/paging.h"

enum {
	TABLE = 3,
	LARGE = 1,                      /* 2 MiB */
	PAGE = 3,
	ATTRIBUTE_DEVICE = 1 << 2,      /* index 1 in MAIR_EL1, which vcpu.c sets; memory has 0 */
	USER = 1 << 6,
	READ_ONLY = 1 << 7,
	INNER_SHAREABLE = 3 << 8,
	ACCESSED = 1 << 10,
};
#define GUARDED                 (1ul << 50)     /* indirect branches must lead to landing pads; RES0 without BTI */
#define NO_EXECUTE_EL1          (1ul << 53)
#define NO_EXECUTE_EL0          (1ul << 54)

static uint64_t leaf(unsigned access, bool large)
{
	uint64_t bits = ACCESSED | (large ? LARGE : PAGE);

	bits |= access & ACCESS_DEVICE ? ATTRIBUTE_DEVICE : INNER_SHAREABLE;
	if (access & ACCESS_USER)
		bits |= USER;
	if (!(access & ACCESS_WRITE))
		bits |= READ_ONLY;
	if (!(access & ACCESS_EXECUTE) || access & ACCESS_USER)
		bits |= NO_EXECUTE_EL1;
	if (!(access & ACCESS_EXECUTE) || !(access & ACCESS_USER))
		bits |= NO_EXECUTE_EL0;
	if (access & ACCESS_GUARDED)
		bits |= GUARDED;
	return bits;
}

const struct paging_format paging_aarch64 = {
	.table = TABLE,
	.leaf = leaf,
};
