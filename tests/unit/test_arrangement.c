/* SPDX-License-Identifier: ISC */
/* test_arrangement.c -- image, heap, guard page and stack don't overlap, and use no more memory than given */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "machine/arrangement.h"
#include "machine/layout.h"
#include "machine/paging.h"

/* the low image, and page tables for so much memory */
static uint64_t low_size(uint64_t memory)
{
	return 12 * GUEST_PAGE + page_tables_room(memory);
}

/* what holds of every arrangement that fits */
static void check(const struct arrangement *at, uint64_t image_end, uint64_t memory, uint64_t stack)
{
	uint64_t spent = (at->low_end - LOW_ADDRESS) + (at->top - VM_IMAGE_ADDRESS);

	assert_int_equal(at->low_end, LOW_ADDRESS + low_size(memory));
	assert_true(at->low_end <= LOW_END);
	assert_true(at->heap_end > image_end);
	assert_int_equal(at->stack_start, at->heap_end + GUEST_PAGE);
	assert_true(at->top > at->stack_start);
	assert_int_equal(at->stack_end, at->top);
	assert_int_equal((at->low_end | at->heap_end | at->stack_start | at->top) % GUEST_PAGE, 0);
	assert_true(spent <= memory && memory - spent < GUEST_PAGE);
	if (stack)
		assert_int_equal(at->top - at->stack_start, PAGE_ROUND_UP(stack));
}

static void test_sizes(void **state)
{
	static const uint64_t images[] = {1, 4096, 100 << 10, 700 << 10, 5 << 20, 100 << 20};
	static const uint64_t memories[] = {512 << 10, 1 << 20, (1 << 20) + 1, 2 << 20, 77 << 20, 1ul << 30, 64ul << 30};
	static const uint64_t stacks[] = {0, 1, 4096, 64 << 10, 1 << 20};
	struct arrangement at;
	uint64_t least;

	(void)state;
	for (unsigned i = 0; i < sizeof(images) / sizeof(images[0]); i++)
		for (unsigned m = 0; m < sizeof(memories) / sizeof(memories[0]); m++)
			for (unsigned s = 0; s < sizeof(stacks) / sizeof(stacks[0]); s++) {
				uint64_t end = PAGE_ROUND_UP(VM_IMAGE_ADDRESS + images[i]);

				if (arrange(&at, low_size(memories[m]), VM_IMAGE_ADDRESS, end, memories[m], stacks[s], &least) == ARRANGEMENT_FITS)
					check(&at, end, memories[m], stacks[s]);
				else
					assert_true(memories[m] < least);
			}
}

static void test_least(void **state)
{
	uint64_t end = VM_IMAGE_ADDRESS + (40 << 10), least, same;
	struct arrangement at;

	(void)state;
	assert_int_equal(arrange(&at, low_size(1 << 20), VM_IMAGE_ADDRESS, end, 4096, 0, &least), ARRANGEMENT_TOO_LITTLE);
	assert_int_equal(arrange(&at, low_size(1 << 20), VM_IMAGE_ADDRESS, end, least - 1, 0, &same), ARRANGEMENT_TOO_LITTLE);
	assert_int_equal(arrange(&at, low_size(1 << 20), VM_IMAGE_ADDRESS, end, least, 0, &same), ARRANGEMENT_FITS);
	assert_int_equal(at.heap_end - end, GUEST_PAGE);
}

/* more memory is never less heap, and 64 MiB have a stack for 400,000 calls of 32 bytes */
static void test_stack(void **state)
{
	uint64_t least, heap = 0;
	struct arrangement at;

	(void)state;
	for (uint64_t memory = 1 << 20; memory < 128 << 20; memory += 64 << 10) {
		assert_int_equal(arrange(&at, low_size(memory), VM_IMAGE_ADDRESS, VM_IMAGE_ADDRESS, memory, 0, &least), ARRANGEMENT_FITS);
		assert_true(at.heap_end >= heap);
		heap = at.heap_end;
	}
	assert_int_equal(arrange(&at, low_size(1 << 20), VM_IMAGE_ADDRESS, VM_IMAGE_ADDRESS, 1 << 20, 0, &least), ARRANGEMENT_FITS);
	assert_int_equal(at.top - at.stack_start, 64 << 10);
	assert_int_equal(arrange(&at, low_size(64 << 20), VM_IMAGE_ADDRESS, VM_IMAGE_ADDRESS, 64 << 20, 0, &least), ARRANGEMENT_FITS);
	assert_true(at.top - at.stack_start > 12800000);
	assert_int_equal(arrange(&at, low_size(1 << 30), VM_IMAGE_ADDRESS, VM_IMAGE_ADDRESS, 1 << 30, 0, &least), ARRANGEMENT_FITS);
	assert_int_equal(at.top - at.stack_start, 16 << 20);
}

static void test_too_much(void **state)
{
	struct arrangement at;
	uint64_t least;

	(void)state;
	assert_int_equal(arrange(&at, low_size(1ul << 40), VM_IMAGE_ADDRESS, VM_IMAGE_ADDRESS, 1ul << 40, 0, &least), ARRANGEMENT_TOO_MUCH);
	assert_int_equal(arrange(&at, low_size(UINT64_MAX), VM_IMAGE_ADDRESS, VM_IMAGE_ADDRESS, UINT64_MAX, 0, &least), ARRANGEMENT_TOO_MUCH);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_least),
		cmocka_unit_test(test_stack),
		cmocka_unit_test(test_too_much),
	};

	return cmocka_run_group_tests_name("arrangement", tests, NULL, NULL);
}
