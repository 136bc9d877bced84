/* SPDX-License-Identifier: ISC */
/* arrangement.h -- the arrangement of guest-physical memory for a given size.
 * The generator uses it to refuse a manifest early, the monitor to lay memory out. */
#ifndef ARRANGEMENT_H
#define ARRANGEMENT_H

#include <stdint.h>

struct arrangement {
	uint64_t low_end;       /* of the low pages, room for page tables included */
	uint64_t heap_end;      /* the guard page begins here */
	uint64_t stack_start, stack_end;
	uint64_t top;           /* of the guest's memory; the stack ends here, unless the host has it elsewhere */
};

enum arrangement_result { ARRANGEMENT_FITS, ARRANGEMENT_TOO_LITTLE, ARRANGEMENT_TOO_MUCH };

/*
 * Arranges low pages of low_size bytes and an image from image_start to image_end in
 * memory bytes with a stack of stack bytes; 0 is a sixteenth of the first 16 MiB
 * of memory and a quarter of the rest, but 64 KiB to 16 MiB. *least is what the
 * guest needs, in bytes.
 */
enum arrangement_result arrange(struct arrangement *arrangement, uint64_t low_size, uint64_t image_start, uint64_t image_end,
				uint64_t memory, uint64_t stack, uint64_t *least);

#endif
