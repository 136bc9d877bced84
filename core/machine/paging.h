/* SPDX-License-Identifier: ISC */
/*
 * paging.h -- page tables that map guest memory to itself
 *
 * The generator maps the image with it, the monitor heap and stack. Both
 * architectures use four levels of 512 entries with 4 KiB and 2 MiB pages; only
 * the bits of an entry differ.
 */
#ifndef PAGING_H
#define PAGING_H

#include <stdbool.h>
#include <stdint.h>

enum access {
	ACCESS_USER = 1,        /* the guest itself, not only the trap stubs */
	ACCESS_WRITE = 2,
	ACCESS_EXECUTE = 4,
	ACCESS_DEVICE = 8,      /* not memory: every access exits, in program order and width */
	ACCESS_GUARDED = 16,    /* indirect branches must lead to landing pads, where the processor checks that */
	ACCESS_ALL = 31,
};

struct paging_format {
	uint64_t table;                                         /* bits of an entry that leads to a table */
	uint64_t (*leaf)(unsigned access, bool large);          /* bits of an entry that maps a page */
};

extern const struct paging_format paging_x86_64, paging_aarch64;

struct page_tables {
	const struct paging_format *format;
	uint8_t *memory;        /* host address of guest-physical 0; only the tables' pages are touched */
	uint64_t root;          /* guest-physical */
	uint64_t next, end;     /* guest-physical addresses of free, zeroed pages for tables */
};

/* bytes for the page tables of heap and stack in memory bytes: one page per GiB, and the unaligned ends */
uint64_t page_tables_room(uint64_t memory);

/* the most memory whose tables fit in room bytes, which must be more than the least possible */
uint64_t page_tables_most(uint64_t room);

/* allocates the root; next and end must be set */
void page_tables_create(struct page_tables *tables);

/*
 * Maps [start, end), both page-aligned, with 2 MiB pages where they fit.
 * False if the pages for tables run out. The range must not be mapped yet.
 */
bool page_tables_map(struct page_tables *tables, uint64_t start, uint64_t end, unsigned access);

/*
 * What is permitted at an address; false if nothing is mapped there. *size is
 * the size of the aligned range, a power of two, for which this holds.
 */
bool page_tables_find(const struct page_tables *tables, uint64_t address, unsigned *access, uint64_t *size);

#endif
