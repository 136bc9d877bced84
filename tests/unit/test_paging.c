/* SPDX-License-Identifier: ISC */
/* test_paging.c -- page tables: the places of entries, and each architecture's bits in them */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "machine/layout.h"
#include "machine/paging.h"

enum { TABLES = 16 };

static _Alignas(4096) uint8_t memory[TABLES * 4096];

static struct page_tables fresh(const struct paging_format *format)
{
	struct page_tables tables = {.format = format, .memory = memory, .end = sizeof(memory)};

	memset(memory, 0, sizeof(memory));
	tables.next = GUEST_PAGE;       /* 0 means that there is no table left */
	page_tables_create(&tables);
	return tables;
}

/* the entry that maps address, by a walk as the processor does it: down to the first that is no table */
static uint64_t entry_of(const struct page_tables *tables, uint64_t address, unsigned *level)
{
	uint64_t at = tables->root, entry = 0;

	for (*level = 0; *level < 4; ++*level) {
		memcpy(&entry, memory + at + (address >> (39 - 9 * *level) & 511) * 8, sizeof(entry));
		if (!(entry & 1) || *level == 3)
			break;
		/* a large page: x86-64 sets bit 7, 64-bit ARM clears bit 1 */
		if (tables->format == &paging_x86_64 ? entry & 0x80 : !(entry & 2))
			break;
		at = entry & 0xfffffffff000;
	}
	return entry;
}

static void pages_and_large_pages(void **state)
{
	static const struct paging_format *const formats[] = {&paging_x86_64, &paging_aarch64};

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct page_tables tables = fresh(formats[i]);
		unsigned level;

		assert_true(page_tables_map(&tables, 0x1ff000, 0x601000, ACCESS_USER | ACCESS_WRITE));
		assert_int_equal(entry_of(&tables, 0x1fe000, &level) & 1, 0);
		assert_int_equal(entry_of(&tables, 0x1ff000, &level) & 0xfffffffff001, 0x1ff001);
		assert_int_equal(level, 3);
		assert_int_equal(entry_of(&tables, 0x200000, &level) & 0xfffffffff001, 0x200001);
		assert_int_equal(level, 2);
		assert_int_equal(entry_of(&tables, 0x5ff000, &level) & 0xfffffffff001, 0x400001);
		assert_int_equal(level, 2);
		assert_int_equal(entry_of(&tables, 0x600000, &level) & 0xfffffffff001, 0x600001);
		assert_int_equal(level, 3);
		assert_int_equal(entry_of(&tables, 0x601000, &level) & 1, 0);
		/* far above, in tables of its own */
		assert_true(page_tables_map(&tables, 1ul << 39, (1ul << 39) + GUEST_PAGE, ACCESS_USER));
		assert_int_equal(entry_of(&tables, 1ul << 39, &level) & 0xfffffffff001, 1ul << 39 | 1);
	}
}

static void what_is_mapped_is_found(void **state)
{
	static const struct paging_format *const formats[] = {&paging_x86_64, &paging_aarch64};
	static const unsigned accesses[] = {
		0, ACCESS_WRITE, ACCESS_EXECUTE, ACCESS_USER, ACCESS_USER | ACCESS_WRITE, ACCESS_USER | ACCESS_EXECUTE,
	};

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct page_tables tables = fresh(formats[i]);
		unsigned access;
		uint64_t size;

		for (unsigned a = 0; a < sizeof(accesses) / sizeof(accesses[0]); a++)
			assert_true(page_tables_map(&tables, 0x1000 + 0x2000 * a, 0x2000 + 0x2000 * a, accesses[a]));
		assert_true(page_tables_map(&tables, 0x400000, 0x600000, ACCESS_USER | ACCESS_WRITE));
		for (unsigned a = 0; a < sizeof(accesses) / sizeof(accesses[0]); a++) {
			assert_true(page_tables_find(&tables, 0x1ff8 + 0x2000 * a, &access, &size));
			assert_int_equal(access, accesses[a]);
			assert_int_equal(size, 0x1000);
			assert_false(page_tables_find(&tables, 0x2000 * a, &access, &size));
			assert_int_equal(size, 0x1000);
		}
		assert_true(page_tables_find(&tables, 0x5ffff8, &access, &size));
		assert_int_equal(access, ACCESS_USER | ACCESS_WRITE);
		assert_int_equal(size, 0x200000);
		assert_false(page_tables_find(&tables, 0x600000, &access, &size));
		assert_int_equal(size, 0x200000);
		assert_false(page_tables_find(&tables, 0x123456789a, &access, &size));
		assert_int_equal(size, 1ul << 30);
		assert_false(page_tables_find(&tables, 1ul << 40, &access, &size));
		assert_int_equal(size, 1ul << 39);
		assert_false(page_tables_find(&tables, UINT64_MAX, &access, &size));
	}
}

static void tables_run_out(void **state)
{
	struct page_tables tables = fresh(&paging_x86_64);

	(void)state;
	tables.end = tables.next + 2 * GUEST_PAGE;
	assert_false(page_tables_map(&tables, 0x1000, 0x2000, ACCESS_USER));
}

static void room_and_most_agree(void **state)
{
	(void)state;
	for (uint64_t room = page_tables_room(0); room < page_tables_room(0) + 300 * GUEST_PAGE; room += GUEST_PAGE) {
		uint64_t most = page_tables_most(room);

		assert_int_equal(page_tables_room(most), room);
		assert_true(page_tables_room(most + 1) > room);
	}
}

static void bits_of_x86_64(void **state)
{
	uint64_t (*leaf)(unsigned, bool) = paging_x86_64.leaf;

	(void)state;
	/* Intel SDM volume 3, 4.5.4: P 1, R/W 2, U/S 4, A 0x20, D 0x40, PS 0x80, XD bit 63 */
	assert_int_equal(leaf(ACCESS_USER, false), 1ul << 63 | 0x65);
	assert_int_equal(leaf(ACCESS_USER | ACCESS_WRITE, true), 1ul << 63 | 0xe7);
	assert_int_equal(leaf(ACCESS_USER | ACCESS_EXECUTE | ACCESS_GUARDED, false), 0x65);
	assert_int_equal(leaf(ACCESS_EXECUTE, false), 0x61);
}

static void bits_of_aarch64(void **state)
{
	uint64_t (*leaf)(unsigned, bool) = paging_aarch64.leaf;

	(void)state;
	/* Arm ARM D8.3: page 3, block 1, AttrIndx 1 4, AP[1] 0x40, AP[2] 0x80, SH 0x300, AF 0x400, GP bit 50, PXN 53, UXN 54 */
	assert_int_equal(leaf(ACCESS_USER, false), 3ul << 53 | 0x7c3);
	assert_int_equal(leaf(ACCESS_USER | ACCESS_WRITE, true), 3ul << 53 | 0x741);
	assert_int_equal(leaf(ACCESS_USER | ACCESS_EXECUTE, false), 1ul << 53 | 0x7c3);
	assert_int_equal(leaf(ACCESS_USER | ACCESS_EXECUTE | ACCESS_GUARDED, false), 1ul << 53 | 1ul << 50 | 0x7c3);
	/* the vectors, their frame, and the two pages of devices */
	assert_int_equal(leaf(ACCESS_EXECUTE, false), 1ul << 54 | 0x783);
	assert_int_equal(leaf(ACCESS_WRITE, false), 3ul << 53 | 0x703);
	assert_int_equal(leaf(ACCESS_USER | ACCESS_WRITE | ACCESS_DEVICE, false), 3ul << 53 | 0x447);
	assert_int_equal(leaf(ACCESS_WRITE | ACCESS_DEVICE, false), 3ul << 53 | 0x407);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_and_large_pages),
		cmocka_unit_test(what_is_mapped_is_found),
		cmocka_unit_test(tables_run_out),
		cmocka_unit_test(room_and_most_agree),
		cmocka_unit_test(bits_of_x86_64),
		cmocka_unit_test(bits_of_aarch64),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
