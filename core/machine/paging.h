/* SPDX-License-Identifier: ISC */
/*
 * paging.h -- page tables that map guest memory to itself
 *
 * The generator maps the image with it, the monitor goes on from there with
 * heap and stack. Both architectures use four levels of 512 entries with 4 KiB
 * and 2 MiB pages; only the bits of an entry differ.
 */
#ifndef PAGING_H
#define PAGING_H

#include <stdbool.h>
#include <stdint.h>

enum access {
	ACCESS_USER = 1,        /* the guest itself, not only the trap stubs */
	ACCESS_WRITE = 2,
	ACCESS_EXECUTE = 4,
	ACCESS_DEVICE = 8,      /* no memory: accesses are exits, each as the program makes it */
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

/* room for the tables of heap and stack in so much memory: one page a GiB, and the ragged ends; bytes */
uint64_t page_tables_room(uint64_t memory);

/* the most memory that has room for its tables in room bytes: more than the least room there is */
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
 * the aligned range of addresses, a power of two, that the answer holds for.
 */
bool page_tables_find(const struct page_tables *tables, uint64_t address, unsigned *access, uint64_t *size);

#endif
