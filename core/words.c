/* SPDX-License-Identifier: ISC */
/*
 * words.c -- text for the guest at the top of its stack: the command line, and the words that modules place
 *
 * The stack begins below all of it. It takes at most half of the stack's memory.
 */
#include <string.h>

#include "memory.h"
#include "monitor.h"

/* reserves size bytes with the stack's alignment; returns the guest's address */
static uint64_t stack_take(const char *what, uint64_t size)
{
	const struct arrangement *at = &memory.arrangement;
	uint64_t stack = at->stack_end - at->stack_start, left = stack / 2 - (at->stack_end - memory.stack_top);

	if (size > left)
		fail("the guest's %s: longer than half its stack of %lu KiB", what, stack >> 10);
	memory.stack_top = (memory.stack_top - size) & ~15ul;
	return memory.stack_top;
}

uint64_t command_line_place(void)
{
	const char *const *words = arguments_given() + 1;
	uint64_t size = 1, address;
	char *to;

	for (unsigned i = 0; words[i]; i++)
		size += strlen(words[i]) + 1;
	address = stack_take("arguments", size);
	to = (char *)memory.base + address;
	for (unsigned i = 0; words[i]; i++) {
		if (i)
			*to++ = ' ';
		to = stpcpy(to, words[i]);
	}
	return address;
}

uint64_t words_place(const char *what, const char *const *words, unsigned count)
{
	uint64_t size = (count + 1ul) * sizeof(uint64_t), address;
	uint64_t *pointers;
	char *to;

	for (unsigned i = 0; i < count; i++)
		size += strlen(words[i]) + 1;
	address = stack_take(what, size);
	pointers = (void *)(memory.base + address);
	to = (char *)(pointers + count + 1);
	for (unsigned i = 0; i < count; i++) {
		pointers[i] = address + (uint64_t)(to - (char *)pointers);
		to = stpcpy(to, words[i]) + 1;
	}
	return address;
}
