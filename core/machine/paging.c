/* SPDX-License-Identifier: ISC */
/* paging.c -- page tables that map guest memory to itself */
#include "machine/paging.h"

#include <stddef.h>

#include "machine/layout.h"

enum { ENTRIES = 512, VALID = 1 };      /* bit 0 of an entry, on both architectures */

static const uint64_t ADDRESS_BITS = 0xffffffff000ul;

static uint64_t *table_at(const struct page_tables *tables, uint64_t address)
{
	return (uint64_t *)(void *)(tables->memory + address);
}

static uint64_t table_allocate(struct page_tables *tables)
{
	uint64_t address = tables->next;

	if (address + GUEST_PAGE > tables->end)
		return 0;
	tables->next += GUEST_PAGE;
	return address;
}

/* what one page of tables maps, and how many pages the unaligned ends need */
#define TABLE_SPAN (LARGE_PAGE * ENTRIES)
enum { TABLES_MORE = 8 };

uint64_t page_tables_room(uint64_t memory)
{
	return (memory / TABLE_SPAN + TABLES_MORE) * GUEST_PAGE;
}

uint64_t page_tables_most(uint64_t room)
{
	return (room / GUEST_PAGE - TABLES_MORE + 1) * TABLE_SPAN - 1;
}

void page_tables_create(struct page_tables *tables)
{
	tables->root = table_allocate(tables);
}

/* the entry that maps address at the level whose entries span `span` bytes; makes the tables above it */
static uint64_t *entry_for(struct page_tables *tables, uint64_t address, uint64_t span)
{
	uint64_t *table = table_at(tables, tables->root);

	for (uint64_t level = 1ul << 39; level > span; level /= ENTRIES) {
		uint64_t *entry = &table[address / level % ENTRIES];

		if (!(*entry & VALID)) {
			uint64_t lower = table_allocate(tables);

			if (!lower)
				return NULL;
			*entry = lower | tables->format->table;
		}
		table = table_at(tables, *entry & ADDRESS_BITS);
	}
	return &table[address / span % ENTRIES];
}

bool page_tables_map(struct page_tables *tables, uint64_t start, uint64_t end, unsigned access)
{
	while (start < end) {
		bool large = start % LARGE_PAGE == 0 && end - start >= LARGE_PAGE;
		uint64_t span = large ? LARGE_PAGE : GUEST_PAGE;
		uint64_t *entry = entry_for(tables, start, span);

		if (!entry)
			return false;
		*entry = start | tables->format->leaf(access, large);
		start += span;
	}
	return true;
}

/* a format only makes entries, so finding what one permits means comparing it with what it would make */
static unsigned leaf_access(const struct paging_format *format, uint64_t bits, bool large)
{
	unsigned access = 0;

	while (access < ACCESS_ALL && format->leaf(access, large) != bits)
		access++;
	return access;
}

bool page_tables_find(const struct page_tables *tables, uint64_t address, unsigned *access, uint64_t *size)
{
	uint64_t *table = table_at(tables, tables->root), entry;

	/* nothing is mapped beyond the reach of four levels */
	*size = 1ul << 48;
	if (address >= *size)
		return false;
	for (*size = 1ul << 39;; *size /= ENTRIES) {
		entry = table[address / *size % ENTRIES];
		if (!(entry & VALID))
			return false;
		if (*size == GUEST_PAGE || (entry & ~ADDRESS_BITS) != tables->format->table)
			break;
		table = table_at(tables, entry & ADDRESS_BITS);
	}
	*access = leaf_access(tables->format, entry & ~ADDRESS_BITS, *size != GUEST_PAGE);
	return true;
}
