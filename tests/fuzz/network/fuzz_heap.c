/* SPDX-License-Identifier: ISC */
/*
 * fuzz_heap.c -- lwIP's heap as heap.c has it: blocks don't overlap, keep their bytes, and are joined when freed
 *
 * Each block is full of a byte of its own, which is checked before it is cut or freed. At the end all is
 * freed, no memory may be in use, and a block of the heap's size must be found.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lwip/mem.h"
#include "lwip/stats.h"

#include "peer.h"

enum { PLACES = 64, LARGE_MOST = MEM_SIZE / 4 };

static struct {
	unsigned char *bytes;
	mem_size_t size;
	unsigned char value;
} places[PLACES];

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "heap: %s\n", what);
	abort();
}

/* a loop over the bytes, with the sanitizers, would take most of the time */
static bool is_full(const unsigned char *bytes, mem_size_t size, unsigned char value)
{
	return !size || (*bytes == value && !memcmp(bytes, bytes + 1, size - 1));
}

static void check(unsigned place)
{
	demand(is_full(places[place].bytes, places[place].size, places[place].value), "another block's bytes");
}

static void give_back(unsigned place)
{
	mem_size_t before = lwip_stats.mem.used;

	check(place);
	mem_free(places[place].bytes);
	demand(before - lwip_stats.mem.used >= places[place].size, "less was freed than there was");
	places[place].bytes = NULL;
}

/* sizes as segments have them, small ones, and large ones */
static mem_size_t size_choose(unsigned way)
{
	unsigned size = input_byte();

	return (mem_size_t)(way & 1 ? size : way & 2 ? 1400 + size : size * (LARGE_MOST / 255));
}

static void step(void)
{
	static unsigned char value;
	unsigned place = input_byte() % PLACES, way = input_byte();
	mem_size_t wanted = size_choose(way);

	if (!places[place].bytes) {
		unsigned char *bytes = way & 8 ? mem_calloc(1, wanted) : mem_malloc(wanted);

		if (!bytes)
			return;
		demand(!((uintptr_t)bytes % MEM_ALIGNMENT), "not aligned");
		demand(!(way & 8) || is_full(bytes, wanted, 0), "not cleared");
		places[place].bytes = bytes;
		places[place].size = wanted;
		places[place].value = ++value;
		memset(bytes, value, wanted);
	} else if (way & 4 && wanted <= places[place].size) {
		check(place);
		demand(mem_trim(places[place].bytes, wanted) == places[place].bytes, "a cut block has moved");
		places[place].size = wanted;
	} else {
		give_back(place);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *all;

	input_begin(data, size);
	while (input_is_left())
		step();
	for (unsigned place = 0; place < PLACES; place++)
		if (places[place].bytes)
			give_back(place);
	demand(!lwip_stats.mem.used, "memory is in use after all was freed");
	all = mem_malloc(MEM_SIZE - 64);
	demand(all, "free memory in pieces");
	mem_free(all);
	return 0;
}
