/* SPDX-License-Identifier: ISC */
/* load.c -- changes a few keys repeatedly, so that the log is compacted from time to time */
#include "load.h"

#include <uk.h>

#include "console.h"
#include "store.h"

enum { KEYS = 24, SHORT_VALUE = 120, LONG_VALUE = 2500 };

static uint64_t state;

static uint64_t below(uint64_t limit)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (state >> 11) % limit;
}

static void change(uint64_t number)
{
	static char value[LONG_VALUE];
	uint64_t index = below(KEYS);
	char name[] = {'k', (char)('0' + index / 10), (char)('0' + index % 10), 0};
	size_t length = 1 + below(below(16) ? SHORT_VALUE : LONG_VALUE);

	if (!below(8) && key_take(name, 3)->present) {
		print("del ");
		print(name);
		print("\n");
		store_delete(name, 3);
	} else {
		for (size_t i = 0; i < length; i++)
			value[i] = (char)('a' + (number + i * (1 + index)) % 26);
		value[below(length)] = (char)('A' + below(26));
		print("put ");
		print(name);
		print(" ");
		print_bytes(value, length);
		print("\n");
		if (!store_put((struct pair){name, value, 3, length}))
			fail("the device is full", NULL);
	}
	print("ok\n");
}

void load(uint64_t seed, uint64_t count)
{
	for (size_t i = 0; i < key_count; i++)
		if (keys[i].present) {
			print("has ");
			store_print(&keys[i]);
		}
	print("ready\n");
	state = (seed + 1) * 0x9e3779b97f4a7c15;
	/* each change is on the disk when it returns */
	for (uint64_t number = 0; number < count && !uk_stop_requested(); number++)
		change(number);
}
