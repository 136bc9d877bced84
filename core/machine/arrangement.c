/* SPDX-License-Identifier: ISC */
/* arrangement.c -- the arrangement of guest-physical memory for a given size */
#include "machine/arrangement.h"

#include "machine/layout.h"

/* STACK_KNEE: a larger share of the memory beyond it is stack, for programs that recurse over data in a large heap */
enum { STACK_LEAST = 64 << 10, STACK_KNEE = 16 << 20, STACK_MOST = 16 << 20 };

static uint64_t stack_default(uint64_t memory)
{
	uint64_t stack = memory < STACK_KNEE ? memory / 16 : STACK_KNEE / 16 + (memory - STACK_KNEE) / 4;

	return stack < STACK_LEAST ? STACK_LEAST : stack > STACK_MOST ? STACK_MOST : stack;
}

enum arrangement_result arrange(struct arrangement *arrangement, uint64_t low_size, uint64_t image_start, uint64_t image_end,
				uint64_t memory, uint64_t stack, uint64_t *least)
{
	stack = PAGE_ROUND_UP(stack ? stack : stack_default(memory));
	/* at least one page of heap, and the guard page */
	*least = low_size + (image_end - image_start) + GUEST_PAGE + GUEST_PAGE + stack;
	if (LOW_ADDRESS + low_size > LOW_END)
		return ARRANGEMENT_TOO_MUCH;
	if (memory < *least)
		return ARRANGEMENT_TOO_LITTLE;
	arrangement->low_end = LOW_ADDRESS + low_size;
	arrangement->top = PAGE_ROUND_DOWN(image_start + memory - low_size);
	arrangement->stack_end = arrangement->top;
	arrangement->stack_start = arrangement->top - stack;
	arrangement->heap_end = arrangement->stack_start - GUEST_PAGE;
	return ARRANGEMENT_FITS;
}
