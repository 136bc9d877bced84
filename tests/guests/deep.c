/* SPDX-License-Identifier: ISC */
/*
 * deep.c -- nests small calls until they use the number of stack bytes in its argument, as OCaml's List.map
 * does for a long list, and prints the heap's size in MiB
 */
#include <stdint.h>
#include <string.h>

#include "solo5.h"

static uintptr_t top;
static volatile uint64_t done;

/* counts once the next call is done, so that none can take its place */
__attribute__((noinline, no_stack_protector)) static void nested(uint64_t bytes)
{
	volatile uint64_t word = bytes;

	if (top - (uintptr_t)&word < word)
		nested(bytes);
	done++;
}

int solo5_app_main(const struct solo5_start_info *start)
{
	uint64_t bytes = 0, heap = start->heap_size >> 20;
	char text[] = "heap: 0000 MiB\n";

	for (const char *digit = start->cmdline; *digit >= '0' && *digit <= '9'; digit++)
		bytes = bytes * 10 + (uint64_t)(*digit - '0');
	top = (uintptr_t)&bytes;
	nested(bytes);
	for (char *digit = text + 10; digit-- > text + 6; heap /= 10)
		*digit = (char)('0' + heap % 10);
	solo5_console_write(text, strlen(text));
	return done < bytes / 64;
}
