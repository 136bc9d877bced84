/* SPDX-License-Identifier: ISC */
/* guest_elf.h -- the linked guest as its ELF file has it: segments, functions and variables */
#ifndef GUEST_ELF_H
#define GUEST_ELF_H

#include <stdint.h>

#include "target/architecture.h"

struct segment {
	uint64_t address, size;         /* in memory */
	uint64_t file_size;
	const uint8_t *bytes;           /* file_size of them */
	bool writable, executable;
};

struct function {
	const char *name;
	uint64_t address;
};

struct variable {
	const char *name;
	uint64_t address, size;
};

struct guest {
	const char *path;
	uint64_t image_address;         /* where the host has guests: no segment is below */
	struct segment *segments;       /* by address; whole pages apart */
	size_t segment_count;
	struct function *functions;     /* by address */
	size_t function_count;
	uint64_t guarded_end;           /* of text whose indirect branches the processor may check; 0 if none */
	struct variable *variables;     /* global ones */
	size_t variable_count;
	uint64_t entry, start, main;    /* where it begins; of _start and solo5_app_main, 0 if they are not there */
	uint64_t data;                  /* where writable memory begins, page-aligned */
	uint64_t data_end;              /* end of what the file holds of it, page-aligned */
	uint64_t end;                   /* of bss, page-aligned */
};

/*
 * What makes up a guest: after guest_begin each segment in ascending order, then guest_segments_end. One that
 * is both writable and executable, or out of place, is fatal.
 */
void guest_begin(struct guest *guest, const char *path, uint64_t image_address);
void guest_segment_add(struct guest *guest, const struct segment *segment);
void guest_segments_end(struct guest *guest);

/* functions with an address of their own: one of several names for an address counts */
size_t guest_function_count(const struct guest *guest);

/*
 * Reads NAME.guest.elf; a segment that is both writable and executable, or one
 * out of place, is fatal. landing_pads: all but the libraries was compiled with them.
 */
struct guest *guest_read(const char *path, uint64_t image_address, bool landing_pads);

#endif
