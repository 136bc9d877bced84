/* SPDX-License-Identifier: ISC */
/* arrangement.c -- where in guest-physical memory things lie for a given amount of memory */
#include "machine/arrangement.h"

#include "machine/layout.h"

enum { STACK_LEAST = 64 << 10, STACK_MOST = 8 << 20 };

enum arrangement_result arrange(struct arrangement *arrangement, uint64_t low_size, uint64_t image_end,
				uint64_t memory, uint64_t stack, uint64_t *least)
{
	if (!stack) {
		stack = memory / 16;
		stack = stack < STACK_LEAST ? STACK_LEAST : stack > STACK_MOST ? STACK_MOST : stack;
	}
	stack = PAGE_ROUND_UP(stack);
	/* at least one page of heap, and the guard page */
	*least = low_size + (image_end - IMAGE_ADDRESS) + GUEST_PAGE + GUEST_PAGE + stack;
	if (LOW_ADDRESS + low_size > LOW_END)
		return ARRANGEMENT_TOO_MUCH;
	if (memory < *least)
		return ARRANGEMENT_TOO_LITTLE;
	arrangement->low_end = LOW_ADDRESS + low_size;
	arrangement->top = PAGE_ROUND_DOWN(IMAGE_ADDRESS + memory - low_size);
	arrangement->stack_start = arrangement->top - stack;
	arrangement->heap_end = arrangement->stack_start - GUEST_PAGE;
	return ARRANGEMENT_FITS;
}
